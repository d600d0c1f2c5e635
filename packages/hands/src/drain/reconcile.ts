import { frozenWords, type FreezeClosed } from '@fairlead/contracts/freeze-gate'
import type { Outcome, Reconcile } from '@fairlead/contracts/decision'
import { isFairleadError, type ErrorCode } from '@fairlead/contracts/errors'
import { sentences } from '@fairlead/contracts/sentences'
import { appendChanges } from '@fairlead/db/changes'
import type { HandsDb } from '@fairlead/db/views'
import { evictPod } from '@fairlead/kube/evict'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { explainedClients } from '../explained-clients'
import type { HandsDeps } from '../hands-deps'
import { isCordoned, setUnschedulable } from '../verbs/node-cordon'
import { classify } from './classify'
import { drainOptionsSchema, storedPlanSchema, storedPrincipalSchema, type StoredOptions } from './drain-row'
import { observeNode, type SeenNode } from './observe-node'
import { planDrain, type DrainDecision, type DrainObservation } from './plan'

export interface DrainDeps extends HandsDeps {
  /** Tests throw from it to be killed at that very point. */
  readonly onStep?: (step: 'cordoned' | 'evicted' | 'acted') => void
}

const nextLookMs = 1_000
const heldLookMs = 3_000
const frozenLookMs = 10_000
const unreachableRetryMs = 5_000
/** The cluster was removed, or its owner does not let Fairlead drain. */
const hopeless: readonly ErrorCode[] = ['not_found', 'cluster_denied']

type Row = NonNullable<Awaited<ReturnType<HandsDb['drain']['findUnique']>>>

/** The one function behind a click, a look a second later and a crash: evicting twice is evicting once. */
export function drainReconciler(options: DrainDeps): Reconcile<string> {
  const deps = { ...options, clusters: explainedClients(options.clusters) }
  return async (drainId, now) => {
    const row = await deps.db.drain.findUnique({ where: { id: drainId } })
    if (row === null || row.state !== 'running') return { settled: true }
    try {
      return await onePass(deps, row, now)
    } catch (error) {
      if (!isFairleadError(error) || error.code === 'internal') throw error
      // Silence of a cluster ends no drain but by its own deadline; a cluster that says no does.
      const over = now >= row.deadlineAt || hopeless.includes(error.code)
      const message = sentences(error.message, error.detail.remedy)
      const decision = { state: over ? ('failed' as const) : ('running' as const), message }
      return record(deps, row, { decision, now, lookAgainMs: unreachableRetryMs })
    }
  }
}

async function onePass(deps: DrainDeps, row: Row, now: Date): Promise<Outcome> {
  const options = drainOptionsSchema.parse(row.options)
  const frozen = await closedFor(deps, row, now)
  if (frozen !== null) return stand(deps, row, { frozen, now })
  if (row.heldAt !== null) return goOn(deps, row, { heldAt: row.heldAt, now })
  const principal = storedPrincipalSchema.parse(row.principal)
  const client = await deps.clusters.clientAs(row.clusterId, principal)
  const seen = await observeNode(client, row.node)
  const decision = planDrain(observationOf(row, seen, options), now)
  const held =
    seen === null ? new Map<string, string>() : await act(deps, { row, client, seen, options }, decision)
  deps.onStep?.('acted')
  const lookAgainMs = held.size > 0 && held.size === decision.evictions.length ? heldLookMs : nextLookMs
  return record(deps, row, { decision, now, lookAgainMs, refusals: held })
}

/** A window that began meanwhile stops what did not begin, and what did only where it pauses what runs. */
async function closedFor({ freeze }: DrainDeps, row: Row, now: Date): Promise<FreezeClosed | null> {
  const question = { action: 'drain', clusterId: row.clusterId, namespace: null, application: null } as const
  const answer = await freeze.ask(question, now)
  return answer.open || (row.planned !== null && answer.running === 'finish') ? null : answer
}

interface Standing {
  readonly frozen: FreezeClosed
  readonly now: Date
}

function stand(deps: DrainDeps, row: Row, { frozen, now }: Standing): Promise<Outcome> {
  const decision = { state: 'running' as const, message: frozenWords(frozen) }
  return record(deps, row, { decision, now, lookAgainMs: frozenLookMs, held: { at: row.heldAt ?? now } })
}

/** The clock stood still: what was left then is left now. */
function goOn(
  deps: DrainDeps,
  row: Row,
  { heldAt, now }: { readonly heldAt: Date; readonly now: Date },
): Promise<Outcome> {
  const decision = { state: 'running' as const, message: 'The window that held it is open.' }
  const deadlineAt = new Date(row.deadlineAt.getTime() + now.getTime() - heldAt.getTime())
  return record(deps, row, { decision, now, lookAgainMs: 0, held: { at: null, deadlineAt } })
}

function observationOf(row: Row, seen: SeenNode | null, options: StoredOptions): DrainObservation {
  const { node, nodeUid, deadlineAt } = row
  const same = seen !== null && seen.node.metadata.uid === nodeUid
  return {
    node,
    nodeUid,
    deadlineAt,
    planned: storedPlanSchema.parse(row.planned),
    seen: same
      ? {
          cordoned: isCordoned(seen.node),
          pods: classify(seen.pods, seen.budgets, options),
          stopping: new Set(
            seen.pods.flatMap(({ metadata }) =>
              metadata.deletionTimestamp === undefined ? [] : [metadata.uid ?? ''],
            ),
          ),
        }
      : null,
  }
}

interface Scene {
  readonly row: Row
  readonly client: KubeClient
  readonly seen: SeenNode
  readonly options: StoredOptions
}

/** Cordons first, so that nothing comes back; answers with what the Eviction API did not let go, by UID. */
async function act(
  deps: DrainDeps,
  { row, client, seen, options }: Scene,
  decision: DrainDecision,
): Promise<Map<string, string>> {
  const held = new Map<string, string>()
  if (decision.cordon) {
    const ref = { apiVersion: 'v1', kind: 'Node', name: row.node }
    await setUnschedulable({ client, ref, uid: seen.node.metadata.uid ?? '' }, true)
    deps.onStep?.('cordoned')
  }
  for (const pod of decision.evictions) {
    if (!(await isStillWanted(deps, row.id))) break
    const eviction = await evictPod(client, pod, options)
    if (eviction.outcome === 'held' || eviction.outcome === 'refused') held.set(pod.uid, eviction.message)
    deps.onStep?.('evicted')
  }
  return held
}

async function isStillWanted({ db }: DrainDeps, id: string): Promise<boolean> {
  const row = await db.drain.findUnique({ where: { id }, select: { state: true } })
  return row?.state === 'running'
}

interface Recorded {
  readonly decision: Pick<DrainDecision, 'state' | 'message'> &
    Partial<Pick<DrainDecision, 'planned' | 'waiting'>>
  readonly now: Date
  readonly lookAgainMs: number
  readonly refusals?: ReadonlyMap<string, string>
  /** What a freeze window does to its clock. */
  readonly held?: { readonly at: Date | null; readonly deadlineAt?: Date }
}

/** Only while it still runs: a cancel that came in between stands. */
async function record(deps: DrainDeps, row: Row, recorded: Recorded): Promise<Outcome> {
  const { decision, now, lookAgainMs, refusals, held } = recorded
  const { state, message, planned, waiting } = decision
  const checkAt = state === 'running' ? new Date(now.getTime() + lookAgainMs) : null
  const shown = waiting?.map(({ uid, namespace, name, reason }) => ({
    namespace,
    name,
    reason: refusals?.get(uid) ?? reason,
  }))
  const won = await deps.db.$transaction(async (tx) => {
    const { count } = await tx.drain.updateMany({
      where: { id: row.id, state: 'running' },
      data: {
        state,
        message,
        checkAt,
        ...(planned === undefined ? {} : { planned: [...planned] }),
        ...(shown === undefined ? {} : { waiting: shown }),
        ...(held === undefined ? {} : { heldAt: held.at }),
        ...(held?.deadlineAt === undefined ? {} : { deadlineAt: held.deadlineAt }),
        ...(state === 'running' ? {} : { finishedAt: now }),
      },
    })
    if (count === 1) await appendChanges(tx, [{ topic: 'drain', key: row.id, clusterId: row.clusterId }])
    return count === 1
  })
  return won && checkAt !== null ? { checkAt, reason: message } : { settled: true }
}
