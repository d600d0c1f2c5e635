import { FairleadError } from '@fairlead/contracts/errors'
import type { HandsDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import { deleteObject } from '@fairlead/kube/objects'
import type { HandsDeps } from '../hands-deps'
import { assertConfirmed, handScope, handTarget } from './hand-target'
import { driftNotes } from './notes'

/** Only the object that was looked at: one that was created anew under its name is left alone. */
export const objectDelete = (deps: HandsDeps) =>
  room<HandsDb>(deps.db).command('object.delete', {
    scope: handScope('delete'),
    prepare: async (context, input) => {
      const target = await handTarget(deps, context, { ...input, hand: 'delete' })
      const { uid, propagation } = input
      context.note({ uid, propagation })
      assertConfirmed(target.cluster, input)
      if (uid !== target.uid)
        throw new FairleadError(
          'stale',
          `${input.kind} ${input.name} is another object by now: it was created anew.`,
          {
            found: target.uid,
            expected: uid,
            remedy: 'Look at the new one before you delete it.',
          },
        )
      if (!(await deleteObject(target.client, target.ref, { uid, propagation }))) throw notFound('object')
      return { changed: true, notes: [...driftNotes(target, 'delete'), ...remakers(target.object)] }
    },
    run: (_context, _input, handled) => Promise.resolve(handled),
  })

const remakers = ({ metadata }: { metadata: { ownerReferences?: readonly Owner[] | undefined } }) =>
  (metadata.ownerReferences ?? [])
    .filter(({ controller }) => controller === true)
    .map(({ kind, name }) => `${kind} ${name} creates another in its place.`)

interface Owner {
  readonly kind: string
  readonly name: string
  readonly controller?: boolean | undefined
}
