import { FairleadError } from '@fairlead/contracts/errors'
import { handsFieldManager } from '@fairlead/contracts/hand-states'
import type { Handled } from '@fairlead/contracts/hands'
import type { HandsDb } from '@fairlead/db/views'
import type { PrepareContext } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import { patchObject } from '@fairlead/kube/objects'
import { z } from 'zod'
import type { HandsDeps } from '../hands-deps'
import { handTarget, type HandTarget } from './hand-target'
import { scopeOfPlace } from './scope-of-place'

const nodeSchema = z.object({
  spec: z.object({ unschedulable: z.boolean().default(false) }).default({ unschedulable: false }),
})
export const isCordoned = (node: unknown): boolean => nodeSchema.parse(node).spec.unschedulable

export const nodeScope = (
  { db, actor }: Pick<PrepareContext<HandsDb>, 'db' | 'actor'>,
  { cluster }: { readonly cluster: string },
) => scopeOfPlace(db, actor, { cluster, namespace: null, permission: 'node.operate' })

/** Merged, so that a concurrent change of anything else on the node is no conflict. */
export async function setUnschedulable(
  { client, ref, uid }: Pick<HandTarget, 'client' | 'ref' | 'uid'>,
  unschedulable: boolean,
): Promise<void> {
  const patch = { metadata: { uid }, spec: { unschedulable: unschedulable ? true : null } }
  await patchObject(client, ref, patch, { fieldManager: handsFieldManager })
}

interface NodeRef {
  readonly cluster: string
  readonly name: string
}

async function cordon(
  deps: HandsDeps,
  context: PrepareContext<HandsDb>,
  { wanted, ...node }: NodeRef & { readonly wanted: boolean },
): Promise<Handled> {
  const hand = wanted ? 'cordon' : 'uncordon'
  const target = await handTarget(deps, context, { ...node, kind: 'Node', namespace: null, hand })
  if (!wanted) await assertNoDrain(deps, node)
  if (isCordoned(target.object) === wanted)
    return { changed: false, notes: [`${node.name} is ${wanted ? 'cordoned' : 'schedulable'} already.`] }
  await setUnschedulable(target, wanted)
  return { changed: true, notes: [] }
}

/** A drain cordons its node again at the next look: the two must not fight. */
async function assertNoDrain({ db }: HandsDeps, node: NodeRef): Promise<void> {
  const drain = await db.drain.findFirst({
    where: { clusterId: node.cluster, node: node.name, state: 'running' },
  })
  if (drain !== null)
    throw new FairleadError('conflict', `${drain.requesterName} is draining ${node.name}.`, {
      remedy: 'Cancel the drain first; what it evicted stays evicted.',
    })
}

export const nodeCordon = (deps: HandsDeps) =>
  room<HandsDb>(deps.db).command('node.cordon', {
    scope: nodeScope,
    prepare: (context, input) => cordon(deps, context, { ...input, wanted: true }),
    run: (_context, _input, handled) => Promise.resolve(handled),
  })

export const nodeUncordon = (deps: HandsDeps) =>
  room<HandsDb>(deps.db).command('node.uncordon', {
    scope: nodeScope,
    prepare: (context, input) => cordon(deps, context, { ...input, wanted: false }),
    run: (_context, _input, handled) => Promise.resolve(handled),
  })
