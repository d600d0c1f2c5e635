import crypto from 'node:crypto'
import { FairleadError } from '@fairlead/contracts/errors'
import { shellLimits } from '@fairlead/contracts/shell-wire'
import type { HandsDb, HandsTx } from '@fairlead/db/views'
import type { Actor } from '@fairlead/kernel/context'

/** Where one terminal opens: of this very pod, however many come after it under its name. */
export interface ShellPlace {
  readonly projectId: string | null
  readonly clusterId: string
  readonly namespace: string
  readonly pod: string
  readonly podUid: string
  readonly container: string
  readonly command: readonly string[]
}

/** One whose ticket was used. */
export interface OpenedShell extends ShellPlace {
  readonly id: string
}

const keptMs = 24 * 3_600_000
const shellColumns = {
  id: true,
  projectId: true,
  clusterId: true,
  namespace: true,
  pod: true,
  podUid: true,
  container: true,
  command: true,
} as const
const hashOf = (ticket: string): string => crypto.createHash('sha256').update(ticket).digest('hex')
const after = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1_000)

export async function issueTicket(
  tx: Pick<HandsTx, 'shell'>,
  place: ShellPlace,
  { actor, now }: { readonly actor: Actor; readonly now: Date },
): Promise<{ ticket: string; expiresAt: string }> {
  const ticket = crypto.randomBytes(32).toString('base64url')
  const old = new Date(now.getTime() - keptMs)
  await tx.shell.deleteMany({ where: { createdAt: { lt: old }, checkAt: null } })
  await tx.shell.create({
    data: {
      ...place,
      command: [...place.command],
      ticketHash: hashOf(ticket),
      personId: actor.id,
      credentialId: credentialOf(actor),
      createdAt: now,
    },
  })
  return { ticket, expiresAt: after(now, shellLimits.ticket).toISOString() }
}

/** Once, in time, and by the same session; whatever is wrong, nobody learns which of it. */
export async function redeemTicket(
  db: Pick<HandsDb, 'shell'>,
  ticket: string,
  { actor, now }: { readonly actor: Actor; readonly now: Date },
): Promise<OpenedShell> {
  const mine = {
    ticketHash: hashOf(ticket),
    personId: actor.id,
    credentialId: credentialOf(actor),
    createdAt: { gt: after(now, -shellLimits.ticket) },
  }
  const used = await db.shell.updateMany({ where: { ...mine, openedAt: null }, data: { openedAt: now } })
  if (used.count !== 1)
    throw new FairleadError(
      'forbidden',
      'This shell may not be opened: its ticket is used, too old, or not yours.',
      {
        remedy: 'Open the shell again.',
      },
    )
  return db.shell.findUniqueOrThrow({
    where: { ticketHash: mine.ticketHash },
    select: shellColumns,
  })
}

/** Whoever acts without a session or token of their own gets no shell. */
function credentialOf({ credentialId }: Actor): string {
  if (credentialId === undefined)
    throw new FairleadError('unauthenticated', 'Sign in first, or send an API token.')
  return credentialId
}
