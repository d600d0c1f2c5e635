import { isFairleadError, messageOf } from '@fairlead/contracts/errors'
import type { ShellEnd } from '@fairlead/contracts/shell-wire'
import { appendChanges } from '@fairlead/db/changes'
import { appendAudit } from '@fairlead/kernel/audit'
import type { Call } from '@fairlead/kernel/context'
import type { HandsDeps } from '../hands-deps'
import type { ShellPlace } from './ticket'

export type Told =
  | { readonly event: 'begun' }
  | { readonly event: 'failed'; readonly error: unknown }
  | ({ readonly event: 'ended'; readonly seconds: number } & ShellEnd)

const actions = { begun: 'pod.shellBegun', failed: 'pod.shellBegun', ended: 'pod.shellEnded' } as const

/**
 * A shell outlives the request that asked for it: its begin and its end are entries of their own. What was typed is not
 * kept, as passwords are typed too. A console that is killed leaves the begin alone.
 */
export async function auditShell(
  { db, clock }: Pick<HandsDeps, 'db'> & { readonly clock: () => Date },
  { place, call, told }: { readonly place: ShellPlace; readonly call: Call; readonly told: Told },
): Promise<void> {
  const { clusterId, projectId, namespace, pod, podUid, container, command } = place
  const cluster = await db.cluster.findUnique({ where: { id: clusterId }, select: { name: true } })
  const name = cluster?.name ?? clusterId
  const { kind, id, name: person } = call.actor
  await db.$transaction(async (tx) => {
    await appendAudit(tx, {
      at: clock(),
      actor: { kind, id, name: person },
      action: actions[told.event],
      outcome: told.event === 'failed' ? 'failed' : 'done',
      projectId,
      subject: { kind: 'Pod', id: podUid, name: `${name}/${namespace}/${pod}` },
      detail: { cluster: name, namespace, container, command, ...detailOf(told) },
      via: call.via,
      address: call.address,
    })
    await appendChanges(tx, [{ topic: 'audit', key: 'log', projectId }])
  })
}

function detailOf(told: Told): Readonly<Record<string, unknown>> {
  if (told.event === 'begun') return {}
  if (told.event === 'ended') return { exitCode: told.exitCode, message: told.message, seconds: told.seconds }
  const { error } = told
  return {
    code: isFairleadError(error) ? error.code : 'internal',
    message: isFairleadError(error) ? messageOf(error).slice(0, 500) : 'internal error',
  }
}
