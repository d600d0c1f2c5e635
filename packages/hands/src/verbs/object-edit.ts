import { FairleadError } from '@fairlead/contracts/errors'
import { handsFieldManager } from '@fairlead/contracts/hand-states'
import type { EditPlan } from '@fairlead/contracts/hands'
import type { HandsDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { replaceObject } from '@fairlead/kube/replace'
import { readEdit } from '../edit/plan-edit'
import type { HandsDeps } from '../hands-deps'
import { whileItMoves } from './edit-look'
import { handScope, handTarget } from './hand-target'
import { driftNotes } from './notes'

/** Paths that one audit entry names. */
const mostPaths = 50

function assertWanted(plan: EditPlan, takeOver: boolean): void {
  if (plan.meanwhile.length > 0)
    throw new FairleadError('stale', 'Somebody changed it since you opened it.', {
      remedy: 'Read it again, and make your change on what it is now.',
    })
  if (plan.refused !== null) throw new FairleadError('cluster_refused', plan.refused)
  if (plan.conflicts.length === 0 || takeOver) return
  const fields = plan.conflicts.map(({ field, manager }) => `${field} (${manager})`).join(', ')
  throw new FairleadError('conflict', `Others own what this edit changes: ${fields.slice(0, 400)}.`, {
    remedy: 'Say that you take these fields over, or leave them as they are.',
  })
}

/** The edit that was planned, on the object that was planned on, or nothing. */
export const objectEdit = (deps: HandsDeps) =>
  room<HandsDb>(deps.db).command('object.edit', {
    scope: handScope('edit'),
    prepare: async (context, input) => {
      const edit = readEdit(input)
      return whileItMoves(
        () => handTarget(deps, context, { ...input, hand: 'edit' }),
        edit,
        async ({ plan, wanted, changed }, target) => {
          context.note({ fields: changed.slice(0, mostPaths), fieldCount: changed.length })
          assertWanted(plan, input.takeOver)
          const notes = [...plan.notes, ...driftNotes(target, 'edit')]
          if (plan.diff.length === 0) return { changed: false, notes: [] }
          const { object } = await replaceObject(target.client, wanted, { fieldManager: handsFieldManager })
          context.note({
            takenFrom: [...new Set(plan.conflicts.map(({ manager }) => manager))],
            resourceVersion: object.metadata.resourceVersion,
          })
          return { changed: true, notes }
        },
      )
    },
    run: (_context, _input, handled) => Promise.resolve(handled),
  })
