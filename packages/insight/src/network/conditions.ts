import { recordsIn, textIn } from '@fairlead/contracts/loose-json'
import { number } from './plain'

export interface Condition {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
}

/**
 * A condition as it is for this generation. One of an older generation says nothing of what is written now, so it reads
 * as stale and never as an answer.
 */
export function conditionOf(
  holder: Readonly<Record<string, unknown>>,
  type: string,
  generation: number,
): Condition | 'absent' | 'stale' {
  const found = recordsIn(holder['conditions']).find((condition) => condition['type'] === type)
  if (found === undefined) return 'absent'
  const observed = number(found['observedGeneration'])
  if (observed !== null && observed < generation) return 'stale'
  return {
    type,
    status: textIn(found['status']),
    reason: textIn(found['reason']),
    message: textIn(found['message']),
  }
}

export const isFalse = (condition: Condition | 'absent' | 'stale'): condition is Condition =>
  typeof condition === 'object' && condition.status === 'False'
export const isTrue = (condition: Condition | 'absent' | 'stale'): boolean =>
  typeof condition === 'object' && condition.status === 'True'

/** `Reason: message`, whichever there is. */
export const saysOf = ({ reason, message }: Condition): string =>
  [reason, message].filter((part) => part !== '').join(': ')
