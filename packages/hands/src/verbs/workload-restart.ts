import { FairleadError } from '@fairlead/contracts/errors'
import { handsFieldManager } from '@fairlead/contracts/hand-states'
import type { HandsDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { patchObject } from '@fairlead/kube/objects'
import { z } from 'zod'
import type { HandsDeps } from '../hands-deps'
import { handScope, handTarget } from './hand-target'
import { driftNotes } from './notes'

const pausedSchema = z.object({ spec: z.object({ paused: z.literal(true) }) })

/** `kubectl rollout restart`: a new pod template that differs by its annotation alone, rolled out as any other. */
export const workloadRestart = (deps: HandsDeps) =>
  room<HandsDb>(deps.db).command('workload.restart', {
    scope: handScope('restart'),
    prepare: async (context, input) => {
      const target = await handTarget(deps, context, { ...input, hand: 'restart' })
      if (pausedSchema.safeParse(target.object).success)
        throw new FairleadError(
          'conflict',
          `${input.name} is paused: it would not restart before it goes on.`,
          {
            remedy: 'Resume its rollout first.',
          },
        )
      const restartedAt = context.now.toISOString().replace(/\.\d+Z$/, 'Z')
      context.note({ restartedAt })
      const patch = {
        metadata: { uid: target.uid },
        spec: {
          template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': restartedAt } } },
        },
      }
      await patchObject(target.client, target.ref, patch, { fieldManager: handsFieldManager })
      return { changed: true, notes: driftNotes(target, 'restart') }
    },
    run: (_context, _input, handled) => Promise.resolve(handled),
  })
