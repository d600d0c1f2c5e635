import { isFairleadError, messageOf } from '@fairlead/contracts/errors'
import type { ShellEnd } from '@fairlead/contracts/shell-wire'
import { appendChanges } from '@fairlead/db/changes'
import type { HandsTx } from '@fairlead/db/views'
import { appendAudit } from '@fairlead/kernel/audit'
import type { Call } from '@fairlead/kernel/context'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { z } from 'zod'
import type { HandsDeps } from '../hands-deps'
import { actedAs } from '../verbs/acted-as'
import type { OpenedShell } from './ticket'

/** A console that holds a shell says so every few seconds; this long after it last did, it is gone. */
export const heldForMs = 90_000

export type Told =
  | { readonly event: 'begun' }
  | { readonly event: 'failed'; readonly error: unknown }
  | ({ readonly event: 'ended'; readonly seconds: number } & ShellEnd)
  | { readonly event: 'forgotten'; readonly lastHeardOf: string }

const actions = {
  begun: 'pod.shellBegun',
  failed: 'pod.shellBegun',
  ended: 'pod.shellEnded',
  forgotten: 'pod.shellEnded',
} as const

/** As whom its begin and its end are written down, also by a process that knows neither person nor connection. */
export const shellOpenerSchema = z.object({
  kind: z.enum(['user', 'token', 'system', 'anonymous']),
  id: z.string(),
  name: z.string(),
  via: z.string(),
  address: z.string().nullable(),
  /** null: the cluster was not reached. */
  actedInClusterAs: z.string().nullable(),
})
export type ShellOpener = z.infer<typeof shellOpenerSchema>

export const openerOf = (
  { actor, via, address }: Call,
  client: Pick<KubeClient, 'principal'> | null,
): ShellOpener => ({
  kind: actor.kind,
  id: actor.id,
  name: actor.name,
  via,
  address,
  actedInClusterAs: client === null ? null : actedAs(client).actedInClusterAs,
})

interface AboutShell {
  readonly shell: OpenedShell
  readonly opener: ShellOpener
  readonly told: Told
}

/**
 * A shell outlives the request that asked for it: its begin and its end are entries of their own. What was typed is not
 * kept, as passwords are typed too. The end is written once, by the console that held it or by whoever misses that.
 */
export async function auditShell(
  { db, clock }: Pick<HandsDeps, 'db'> & { readonly clock: () => Date },
  { shell, opener, told }: AboutShell,
): Promise<void> {
  const { clusterId, projectId, namespace, pod, podUid, container, command } = shell
  const cluster = await db.cluster.findUnique({ where: { id: clusterId }, select: { name: true } })
  const name = cluster?.name ?? clusterId
  const { kind, id, name: person, via, address, actedInClusterAs } = opener
  const acted = actedInClusterAs === null ? {} : { actedInClusterAs }
  await db.$transaction(async (tx) => {
    if (!(await keep(tx, { shell, opener, told }, clock()))) return
    await appendAudit(tx, {
      at: clock(),
      actor: { kind, id, name: person },
      action: actions[told.event],
      outcome: told.event === 'failed' ? 'failed' : 'done',
      projectId,
      subject: { kind: 'Pod', id: podUid, name: `${name}/${namespace}/${pod}` },
      detail: { cluster: name, namespace, container, command, ...acted, ...detailOf(told) },
      via,
      address,
    })
    await appendChanges(tx, [{ topic: 'audit', key: 'log', projectId }])
  })
}

/** What the shell's own row keeps of it; false when its end stands already. */
async function keep(
  tx: Pick<HandsTx, 'shell'>,
  { shell: { id }, opener, told }: AboutShell,
  now: Date,
): Promise<boolean> {
  if (told.event === 'failed') return true
  if (told.event === 'begun') {
    const checkAt = new Date(now.getTime() + heldForMs)
    await tx.shell.update({ where: { id }, data: { checkAt, openedBy: opener }, select: { id: true } })
    return true
  }
  const open = told.event === 'ended' ? { not: null } : { lte: now }
  const { count } = await tx.shell.updateMany({ where: { id, checkAt: open }, data: { checkAt: null } })
  return count === 1
}

function detailOf(told: Told): Readonly<Record<string, unknown>> {
  switch (told.event) {
    case 'begun':
      return {}
    case 'ended':
      return { exitCode: told.exitCode, message: told.message, seconds: told.seconds }
    case 'forgotten':
      return { exitCode: null, message: forgottenWords, lastHeardOf: told.lastHeardOf }
    case 'failed':
      return {
        code: isFairleadError(told.error) ? told.error.code : 'internal',
        message: isFairleadError(told.error) ? messageOf(told.error).slice(0, 500) : 'internal error',
      }
  }
}

const forgottenWords =
  'The console that held this shell went away without a word; when it ended is not known exactly.'
