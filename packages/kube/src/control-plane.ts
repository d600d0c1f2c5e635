import type { ControlPlaneEvidence } from '@fairlead/contracts/cluster'
import { FairleadError } from '@fairlead/contracts/errors'
import { z } from 'zod'
import type { KubeClient } from './kube-client'
import { KubeStatusError } from './kube-error'

type Component = ControlPlaneEvidence['component']
interface CallOptions {
  readonly signal?: AbortSignal | undefined
  readonly timeoutMs?: number
}

/** What a team notices when the component fails. */
export const impactOf: Readonly<Record<Component, string>> = {
  apiserver: 'Nothing can be deployed, scaled or watched; running pods keep serving.',
  etcd: 'The desired state cannot be read or written; the whole cluster state is at stake.',
  scheduler: 'New and evicted pods stay Pending; running pods keep serving.',
  'controller-manager':
    'Drift goes uncorrected: no new ReplicaSet pods, Jobs or endpoints; dead nodes go unnoticed.',
}

const evidence = (
  component: Component,
  state: ControlPlaneEvidence['state'],
  words: string,
  checkedAt: string | null,
): ControlPlaneEvidence => ({ component, state, evidence: words, impact: impactOf[component], checkedAt })

/** One readiness check of the API server by its own path: `/readyz`, `/readyz/etcd`. Only the status decides. */
async function probe(client: KubeClient, component: Component, path: string, options: CallOptions) {
  const startedAt = Date.now()
  try {
    const { headers } = await client.request({
      path,
      timeoutMs: options.timeoutMs ?? 3_000,
      signal: options.signal,
    })
    const at = new Date().toISOString()
    return {
      row: evidence(component, 'ok', `${path} answered 200 in ${Date.now() - startedAt} ms`, at),
      headers,
    }
  } catch (error) {
    if (!(error instanceof FairleadError)) throw error
    const at = new Date().toISOString()
    const answered = error instanceof KubeStatusError
    const notAllowed = answered && (error.status === 401 || error.status === 403 || error.status === 404)
    const words = answered ? `${path} answered HTTP ${error.status}` : error.message
    return { row: evidence(component, notAllowed ? 'unknown' : 'failing', words, at), headers: {} }
  }
}

const leaseSchema = z.object({
  spec: z.object({
    holderIdentity: z.string().nullish(),
    leaseDurationSeconds: z.number().nullish(),
    renewTime: z.string().nullish(),
  }),
})

/** Pure: a leader's lease, aged by the server's clock rather than ours. */
export function leaseEvidence(component: Component, lease: unknown, serverNow: Date): ControlPlaneEvidence {
  const at = serverNow.toISOString()
  const parsed = leaseSchema.safeParse(lease)
  const renewedAt = parsed.success ? Date.parse(parsed.data.spec.renewTime ?? '') : Number.NaN
  if (!parsed.success || Number.isNaN(renewedAt))
    return evidence(component, 'unknown', 'Its lease has no renew time', at)
  const { holderIdentity, leaseDurationSeconds } = parsed.data.spec
  const ageSeconds = Math.max(0, Math.round((serverNow.getTime() - renewedAt) / 1000))
  const limit = leaseDurationSeconds ?? 15
  if (!holderIdentity) return evidence(component, 'failing', `No leader: released ${ageSeconds} s ago`, at)
  return ageSeconds <= limit
    ? evidence(component, 'ok', `Leader renewed its lease ${ageSeconds} s ago`, at)
    : evidence(
        component,
        'failing',
        `No leader: the lease was last renewed ${ageSeconds} s ago, allowed are ${limit} s`,
        at,
      )
}

async function leader(
  client: KubeClient,
  component: Component,
  options: CallOptions,
): Promise<ControlPlaneEvidence> {
  const path = `/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/kube-${component}`
  try {
    const { text, headers } = await client.request({
      path,
      timeoutMs: options.timeoutMs ?? 3_000,
      signal: options.signal,
    })
    const serverNow = new Date(headers['date'] ?? '')
    const now = Number.isNaN(serverNow.getTime()) ? new Date() : serverNow
    return leaseEvidence(component, JSON.parse(text), now)
  } catch (error) {
    const code = error instanceof FairleadError ? error.code : 'internal'
    const words =
      code === 'not_found'
        ? 'It has no lease in kube-system: managed elsewhere, or never started'
        : code === 'cluster_denied'
          ? 'Its lease in kube-system may not be read'
          : 'Its lease could not be read'
    return evidence(component, 'unknown', words, new Date().toISOString())
  }
}

/** API server, etcd, scheduler and controller manager: readiness checks, and leases against the server's own clock. */
export async function readControlPlane(
  client: KubeClient,
  options: CallOptions = {},
): Promise<readonly ControlPlaneEvidence[]> {
  const apiserver = await probe(client, 'apiserver', '/readyz', options)
  const silent = apiserver.row.state === 'failing' && !/HTTP \d+$/.test(apiserver.row.evidence)
  if (silent) {
    const unseen = (component: Component) =>
      evidence(
        component,
        'unknown',
        'Cannot be seen while the API server does not answer',
        apiserver.row.checkedAt,
      )
    return [apiserver.row, unseen('etcd'), unseen('scheduler'), unseen('controller-manager')]
  }
  const [etcd, scheduler, controllers] = await Promise.all([
    probe(client, 'etcd', '/readyz/etcd', options),
    leader(client, 'scheduler', options),
    leader(client, 'controller-manager', options),
  ])
  // The etcd check alone needs a right of its own; /readyz contains it.
  const contained = etcd.row.state === 'unknown' && apiserver.row.state === 'ok'
  const etcdRow = contained
    ? { ...etcd.row, state: 'ok' as const, evidence: 'Its check is part of /readyz, which passed' }
    : etcd.row
  return [apiserver.row, etcdRow, scheduler, controllers]
}
