/** As Airflow's people write it: `load`, or `load[3]` for one of its indexes. */
export const instanceName = ({
  task,
  mapIndex,
}: {
  readonly task: string
  readonly mapIndex: number
}): string => (mapIndex < 0 ? task : `${task}[${mapIndex}]`)
