import { messageOf } from '@fairlead/contracts/errors'
import type { StagePlan } from '@fairlead/contracts/rollout'
import type { StageCheck, StageChecks, WaiverSource } from '@fairlead/contracts/stage-checks'
import type { ClusterClients } from '@fairlead/kube/cluster-clients'
import type { Cipher } from '@fairlead/kernel/cipher'
import { hashOf } from '../manifest/digest'
import type { ObjectIdentity } from '../manifest/object-key'
import { isTransient } from '../rollout/transient'
import type { PlannedObject } from './object-plan'
import type { PlanRelease, PlanTarget, TrialWish } from './plan-context'
import { planDigest, type StageManner } from './plan-digest'
import { pruneReasons, unconfirmed } from './prune-guard'
import { noTrial } from '../trial/plan-target-trial'
import { coveredChecks, surgeChecks } from './surge-plan'
import { planTarget, type PlannedTarget } from './target-plan'
import { blocks, weighChecks, type CheckedTarget } from './weigh-checks'

export interface StagePlanRequest {
  readonly application: string
  readonly stage: string
  readonly release: PlanRelease
  readonly targets: readonly PlanTarget[]
  /** By cluster id: what earlier releases of this stage applied there. */
  readonly earlier: ReadonlyMap<string, readonly ObjectIdentity[]>
  /** What else keeps the stage from being applied: workflows that could not be started. */
  readonly problems: readonly string[]
  /** How its objects are brought, and what runs before and after them. */
  readonly manner: StageManner
  /** How much each check weighs; of a way back none blocks, since in an outage it must not wait. */
  readonly checks: StageChecks
  readonly wayBack: boolean
  /** What tries the release first; null where nothing does. */
  readonly trial: TrialWish | null
  /** Somebody confirmed what the plan deletes; a preview only says that it needs to be. */
  readonly confirmed: boolean
  /** Clusters that don't answer are planned unseen, rather than keeping the plan of the others. */
  readonly unseen?: boolean
  readonly now: Date
}

/** What the release would do to every target of the stage; throws when a cluster can't be asked. */
export async function planStage(
  deps: { readonly clusters: ClusterClients; readonly cipher: Cipher; readonly waivers: WaiverSource },
  request: StagePlanRequest,
): Promise<StagePlan> {
  const planned = await Promise.all(
    request.targets.map(async (target) => {
      const place = { clusterId: target.cluster.id, namespace: target.namespace, at: request.now }
      const [waivers, plan] = await Promise.all([
        deps.waivers.waiversOf(place),
        askCluster(deps, request, target).catch((error: unknown): PlannedTarget & Unseen => {
          if (request.unseen !== true || !isTransient(error)) throw error
          return {
            objects: [],
            warnings: [],
            surge: null,
            checks: [],
            trial: noTrial,
            unreachable: messageOf(error),
          }
        }),
      ])
      return { target, waivers, ...plan }
    }),
  )
  const checks = checksOf(request, planned)
  const said = (pick: (object: PlannedObject) => readonly string[]): string[] =>
    planned.flatMap(({ target, objects }) =>
      objects.flatMap((object) => pick(object).map((text) => `${target.cluster.name}: ${text}`)),
    )
  const confirm = planned.flatMap(({ target, objects }) =>
    pruneReasons(objects.map(({ plan }) => plan)).map((text) => `${target.cluster.name}: ${text}`),
  )
  return {
    stage: request.stage,
    digest: planDigest({
      release: request.release.digest,
      manner: request.manner,
      targets: planned.map(({ target: { cluster, namespace, wave }, objects, unreachable }) => ({
        cluster: cluster.uid,
        namespace,
        wave,
        seen: unreachable === undefined,
        objects,
      })),
      checks,
    }),
    computedAt: request.now.toISOString(),
    targets: planned.map(({ target, objects, surge, trial, unreachable }) => ({
      ...(target.wave > 0 ? { wave: target.wave } : {}),
      ...(unreachable === undefined ? {} : { unreachable }),
      cluster: identityOnly(target.cluster),
      namespace: target.namespace,
      objects: objects.map(({ plan, liveHash, resultHash }) => ({
        ...plan,
        hash: hashOf([liveHash, resultHash]),
      })),
      surge,
      ...(trial.planned.length === 0 ? {} : { trial: trial.planned }),
    })),
    checks,
    confirm,
    blockers: [
      ...request.problems,
      ...(request.confirmed ? [] : unconfirmed(confirm, request.application)),
      ...said(({ blockers }) => blockers),
      ...planned.flatMap(({ target, trial }) =>
        trial.blockers.map((text) => `${target.cluster.name}: ${text}`),
      ),
      ...checks.filter(blocks).map(({ check, object, message }) => `${object}: ${message} (check ${check})`),
    ],
    warnings: [
      ...said(({ warnings }) => warnings),
      ...planned.flatMap(({ target, warnings }) => warnings.map((text) => `${target.cluster.name}: ${text}`)),
      ...planned.flatMap(({ target, unreachable }) =>
        unreachable === undefined
          ? []
          : [
              `${target.cluster.name} does not answer (${unreachable}). It is planned unseen: it gets the release once it answers, unless it would refuse it.`,
            ],
      ),
    ],
  }
}

interface Unseen {
  readonly unreachable?: string
}

async function askCluster(
  deps: Pick<Parameters<typeof planStage>[0], 'clusters' | 'cipher'>,
  request: StagePlanRequest,
  target: PlanTarget,
): Promise<PlannedTarget & Unseen> {
  const context = {
    client: await deps.clusters.clientOf(target.cluster.id),
    target,
    application: request.application,
    stage: request.stage,
    wayBack: request.wayBack,
    trial: request.trial,
    fingerprint: (value: string) => deps.cipher.fingerprint(value),
    earlier: request.earlier.get(target.cluster.id) ?? [],
  }
  return planTarget(context, request.release)
}

type Planned = PlannedTarget &
  Unseen & {
    readonly target: PlanTarget
    readonly waivers: CheckedTarget['waivers']
  }

function checksOf({ checks, wayBack }: StagePlanRequest, planned: readonly Planned[]): readonly StageCheck[] {
  const named = planned.map(({ target, ...rest }) => ({ cluster: target.cluster.name, ...rest }))
  const all = [...weighChecks(named, checks), ...surgeChecks(named, checks.surge)]
  return wayBack ? all.map((check) => ({ ...check, severity: 'warn' })) : all
}

const identityOnly = ({ id, name, environment, colour }: PlanTarget['cluster']) => ({
  id,
  name,
  environment,
  colour,
})

/** Whether applying the plan would change nothing at all. */
export const changesNothing = (plan: StagePlan): boolean =>
  plan.blockers.length === 0 &&
  plan.targets.every(
    ({ objects, unreachable }) =>
      unreachable === undefined && objects.every(({ change }) => change === 'none'),
  )

/** What differs between two plans of one stage, in words. */
export function planDifference(before: StagePlan, after: StagePlan): string {
  const index = (plan: StagePlan): Map<string, string> =>
    new Map(
      plan.targets.flatMap(({ cluster, objects }) =>
        objects.map((object): [string, string] => [
          `${object.kind} ${object.name} on ${cluster.name}`,
          hashOf([object.change, object.hash ?? null, object.conflicts]),
        ]),
      ),
    )
  const [old, fresh] = [index(before), index(after)]
  const names = [
    ...[...new Set([...old.keys(), ...fresh.keys()])].filter((name) => old.get(name) !== fresh.get(name)),
    ...changedChecks(before.checks, after.checks),
  ]
  return names.length === 0 ? 'the live objects or checks changed' : `${names.slice(0, 5).join(', ')} changed`
}

/** A waiver that ended is a changed check: the plan says which one. */
function changedChecks(before: readonly StageCheck[], after: readonly StageCheck[]): string[] {
  const verdicts = (checks: readonly StageCheck[]): Map<string, string> =>
    new Map(
      coveredChecks(checks).map(({ check, object, passed, severity, waiver }) => [
        `the check ${check} of ${object}`,
        JSON.stringify([passed, severity, waiver ?? null]),
      ]),
    )
  const [old, fresh] = [verdicts(before), verdicts(after)]
  return [...new Set([...old.keys(), ...fresh.keys()])].filter((name) => old.get(name) !== fresh.get(name))
}
