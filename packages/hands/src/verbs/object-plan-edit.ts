import type { HandsDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { readEdit } from '../edit/plan-edit'
import type { HandsDeps } from '../hands-deps'
import { whileItMoves } from './edit-look'
import { handScope, liveTarget } from './hand-target'
import { driftNotes } from './notes'

/** What an edit would do, asked of the API server; nothing is changed. */
export const objectPlanEdit = (deps: HandsDeps) =>
  room<HandsDb>(deps.db).query('object.planEdit', {
    scope: handScope('edit'),
    run: (context, input) =>
      whileItMoves(
        () => liveTarget(deps, { ...input, hand: 'edit' }, context),
        readEdit(input),
        async ({ plan }, target) => ({
          ...plan,
          notes: [...plan.notes, ...(plan.diff.length === 0 ? [] : driftNotes(target, 'edit'))],
        }),
      ),
  })
