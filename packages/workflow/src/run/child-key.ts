import type { TaskRow } from './rows'

/** One child run per clearing of the waiting task, however often it is asked for. */
export const childKey = (runId: string, { taskId, index, generation }: TaskRow): string =>
  `wait/${runId}/${taskId}/${index}/${generation}`
