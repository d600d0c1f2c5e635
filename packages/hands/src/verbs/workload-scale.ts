import { FairleadError, isFairleadError } from '@fairlead/contracts/errors'
import { handsFieldManager } from '@fairlead/contracts/hand-states'
import type { HandsDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { readScale, setScale, type Scale } from '@fairlead/kube/scale'
import type { HandsDeps } from '../hands-deps'
import { assertConfirmed, handScope, handTarget, type HandTarget } from './hand-target'
import { autoscalerNotes, driftNotes } from './notes'

/** A controller's own status updates are in the way more often than people are. */
const attempts = 8

interface ScaleWish {
  readonly replicas: number
  /** What the person saw; anything goes when nobody looked. */
  readonly from: number | undefined
}

function assertUnchanged(replicas: number, { from }: ScaleWish): void {
  if (from === undefined || from === replicas) return
  throw new FairleadError('stale', `It wants ${replicas} replicas by now, not ${from}.`, {
    found: String(replicas),
    expected: String(from),
    remedy: 'Look again, and decide with the number that it has now.',
  })
}

async function scaleTo({ client, ref }: HandTarget, seen: Scale, wish: ScaleWish): Promise<void> {
  let scale = seen
  for (let attempt = 1; ; attempt++) {
    assertUnchanged(scale.replicas, wish)
    try {
      await setScale(client, ref, {
        seen: scale,
        replicas: wish.replicas,
        fieldManager: handsFieldManager,
      })
      return
    } catch (error) {
      if (!isFairleadError(error) || error.code !== 'conflict' || attempt === attempts) throw error
      scale = await readScale(client, ref)
    }
  }
}

/** Through the scale subresource, as kubectl does, and only from the number that was seen. */
export const workloadScale = (deps: HandsDeps) =>
  room<HandsDb>(deps.db).command('workload.scale', {
    scope: handScope('scale'),
    prepare: async (context, input) => {
      const target = await handTarget(deps, context, { ...input, hand: 'scale' })
      const seen = await readScale(target.client, target.ref, { signal: context.signal })
      const { replicas, from } = input
      context.note({ from: seen.replicas, to: replicas })
      if (replicas === 0 && seen.replicas > 0) assertConfirmed(target.cluster, input)
      assertUnchanged(seen.replicas, { replicas, from })
      const notes = [...driftNotes(target, 'scale'), ...(await autoscalerNotes(target))]
      if (replicas === seen.replicas) return { changed: false, notes }
      await scaleTo(target, seen, { replicas, from: from ?? seen.replicas })
      return { changed: true, notes }
    },
    run: (_context, _input, handled) => Promise.resolve(handled),
  })
