import { FairleadError, isFairleadError } from '@fairlead/contracts/errors'
import { planEdit, type Edit, type PlannedEdit } from '../edit/plan-edit'
import type { HandTarget } from './hand-target'

/** Controllers write into an object's status all the time: that is no reason to send a person away. */
const attempts = 8

/** Looks again while only the moment was wrong; `use` is given what the look found, and may find it wrong as well. */
export async function whileItMoves<R>(
  look: () => Promise<HandTarget>,
  edit: Edit,
  use: (planned: PlannedEdit, target: HandTarget) => Promise<R>,
): Promise<R> {
  for (let attempt = 1; ; attempt++) {
    const target = await look()
    try {
      return await use(await planEdit(target.client, target.object, edit), target)
    } catch (error) {
      if (!isFairleadError(error) || !('status' in error) || error.code !== 'conflict') throw error
      if (attempt === attempts)
        throw new FairleadError('conflict', 'The object changes faster than it can be edited.', {
          remedy: 'Wait until its controllers are done, and try again.',
        })
    }
  }
}
