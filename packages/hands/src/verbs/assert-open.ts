import { FairleadError } from '@fairlead/contracts/errors'
import type { FrozenAction } from '@fairlead/contracts/freeze-actions'
import { closedByWords, frozenWords } from '@fairlead/contracts/freeze-gate'
import type { HandsDb } from '@fairlead/db/views'
import type { PrepareContext } from '@fairlead/kernel/context'
import type { HandsDeps } from '../hands-deps'

interface Wanted {
  readonly action: FrozenAction
  readonly cluster: string
  readonly namespace: string | null
  /** What the object's label says. */
  readonly application: string | undefined
}

/** The one place where a freeze window stops a hand: right before the cluster is changed, not when a dialog was opened. */
export async function assertOpen(
  { freeze }: Pick<HandsDeps, 'freeze'>,
  { note, now }: Pick<PrepareContext<HandsDb>, 'note' | 'now'>,
  { action, cluster, namespace, application }: Wanted,
): Promise<void> {
  const label = application === undefined || application === '' ? null : { label: application }
  const answer = await freeze.ask({ action, clusterId: cluster, namespace, application: label }, now)
  if (!answer.open) {
    const windows = answer.closedBy.map(({ window }) => window).join(', ')
    note({ windows, opensAt: answer.opensAt })
    throw new FairleadError('frozen', frozenWords(answer), {
      windows,
      found: closedByWords(answer.closedBy),
      ...(answer.opensAt === null ? {} : { opensAt: answer.opensAt }),
      remedy: 'Wait for the opening, or ask for an exception, which a second person confirms.',
    })
  }
  if (answer.heldOpen === null) return
  const { exception, requester, confirmer, reason, closedBy } = answer.heldOpen
  note({ inSpiteOf: closedByWords(closedBy), exception: { id: exception, requester, confirmer, reason } })
}
