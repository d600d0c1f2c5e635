/** `settle`, or `settle[12]` for one index of a fan-out. */
export const taskName = (task: string, index: number): string => (index < 0 ? task : `${task}[${index}]`)
