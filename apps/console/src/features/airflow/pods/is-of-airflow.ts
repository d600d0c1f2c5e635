import type { ObjectRow } from '@fairlead/contracts/inventory'

/** Whether it is worth asking which of Airflow's tasks a pod was made for. */
export const isOfAirflow = ({ kind, labels }: Pick<ObjectRow, 'kind' | 'labels'>): boolean =>
  kind === 'Pod' && (labels['kubernetes_executor'] === 'True' || labels['kubernetes_pod_operator'] === 'True')
