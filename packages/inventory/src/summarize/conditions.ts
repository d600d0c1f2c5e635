import { recordsIn, textIn, timeIn, type Loose } from '@fairlead/contracts/loose-json'
import type { Condition } from './summarized'

/** Conditions of any object's status, in the order in which it lists them. */
export const conditionsOf = (status: Loose): readonly Condition[] =>
  recordsIn(status['conditions']).map((condition) => ({
    type: textIn(condition['type']),
    status: textIn(condition['status']),
    reason: textIn(condition['reason']),
    message: textIn(condition['message']),
    since: timeIn(condition['lastTransitionTime']),
  }))

export const conditionTrue = (status: Loose, type: string): boolean =>
  recordsIn(status['conditions']).some(
    (condition) => condition['type'] === type && condition['status'] === 'True',
  )
