import type { FreezeDb } from '@fairlead/db/views'
import type { CommandContext } from '@fairlead/kernel/context'

/** Rollouts that one change rings at most; the others look again by themselves within half a minute. */
const maxRung = 200

/** Whatever a window holds up looks again at once: it may be open by now. */
export async function ringWaiting({
  tx,
  ring,
}: Pick<CommandContext<FreezeDb>, 'tx' | 'ring'>): Promise<void> {
  const rows = await tx.rollout.findMany({
    where: {
      finishedAt: null,
      runs: { some: { OR: [{ state: 'awaiting_window' }, { heldAt: { not: null } }] } },
    },
    select: { id: true },
    take: maxRung,
  })
  for (const { id } of rows) ring({ doorbell: 'rollout', key: id })
}
