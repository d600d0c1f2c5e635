import { isFairleadError } from '@fairlead/contracts/errors'
import { handsFieldManager } from '@fairlead/contracts/hand-states'
import { fieldManagerOf } from '@fairlead/contracts/labels'
import type { ObjectPlan } from '@fairlead/contracts/rollout'
import { ApplyConflictError, applyObject, type Applied } from '@fairlead/kube/apply'
import type { WorkloadChange } from '@fairlead/insight/surge/steps'
import type { KubeManifest, KubeObject } from '@fairlead/kube/kube-object'
import { isDefinition } from '@fairlead/kube/definitions'
import { getObject } from '@fairlead/kube/objects'
import { diffOf } from '@fairlead/kube/diff-lines'
import { configDigestOf } from '../manifest/config-digest'
import { hashOf } from '../manifest/digest'
import { normalise, withoutAllocations } from '@fairlead/kube/normalise'
import { identityOf, wordsOf } from '../manifest/object-key'
import { keptByOthers } from '@fairlead/kube/owned-fields'
import { isJudged, valueAt } from '../manifest/pod-template'
import { inPlaceOf, isImmutable, isRunOnce, standIn, stillRuns } from '../manifest/run-once'
import { redactSecret } from '../manifest/secrets'
import { belongsTo, labelled, labelOf } from './own-labels'
import type { TargetContext } from './plan-context'

export interface PlannedObject {
  readonly plan: ObjectPlan
  readonly blockers: readonly string[]
  readonly warnings: readonly string[]
  /** Hash of the live object and of the dry-run result: what an approval is bound to. */
  readonly liveHash: string | null
  readonly resultHash: string | null
  /** What runs and what the dry run made of it, for kinds that start pods and only where they would change. */
  readonly pods: WorkloadChange | null
}

/** `manifest` is placed in its namespace and holds Secret values; nothing of them leaves this function. */
export async function planObject(context: TargetContext, manifest: KubeManifest): Promise<PlannedObject> {
  const manager = fieldManagerOf(context.application)
  const seen = await seenBy(context, manifest)
  if (seen.kind === 'denied') return denied(manifest, [seen.message])
  const { live } = seen
  if (isDefinition(manifest) && !context.target.wholeCluster) return denied(manifest, [notTheirs])
  const owner = live === null ? undefined : labelOf(live, 'application')
  if (owner !== undefined && owner !== context.application)
    return denied(manifest, [`It belongs to the application "${owner}".`])
  const result = await dryRun(context, manifest, manager)
  if (result.kind === 'denied') {
    const replaceable = live !== null && isRunOnce(manifest) && isImmutable(result.message)
    if (replaceable && belongsTo(live, context))
      return context.wayBack ? leftAlone(manifest) : planReplacement(context, { manifest, live, manager })
    return denied(manifest, [result.message])
  }
  return compare(context, { manifest, live, manager, applied: result.applied, conflicts: result.conflicts })
}

const notTheirs =
  'It belongs to the whole cluster; the project may bring it only where every namespace (*) is its destination.'

async function seenBy(
  { client }: TargetContext,
  manifest: KubeManifest,
): Promise<{ kind: 'seen'; live: KubeObject | null } | { kind: 'denied'; message: string }> {
  try {
    return { kind: 'seen', live: await getObject(client, { ...identityOf(manifest) }) }
  } catch (error) {
    return { kind: 'denied', message: refusal(error) }
  }
}

type Conflicts = ObjectPlan['conflicts']
type DryRun =
  { kind: 'applied'; applied: Applied; conflicts: Conflicts } | { kind: 'denied'; message: string }

async function dryRun(context: TargetContext, manifest: KubeManifest, fieldManager: string): Promise<DryRun> {
  const object = labelled(manifest, { application: context.application, stage: context.stage })
  const attempt = (force: boolean) =>
    applyObject(context.client, object, {
      fieldManager,
      dryRun: true,
      force,
      takesFrom: [handsFieldManager],
    })
  try {
    return { kind: 'applied', applied: await attempt(false), conflicts: [] }
  } catch (error) {
    if (!(error instanceof ApplyConflictError)) return { kind: 'denied', message: refusal(error) }
    // Forced only as a dry run: it shows what the conflict is about.
    const applied = await attempt(true).catch((again: unknown) => refusal(again))
    return typeof applied === 'string'
      ? { kind: 'denied', message: applied }
      : { kind: 'applied', applied, conflicts: [...error.conflicts] }
  }
}

/** A refusal becomes words in the plan; a cluster that can't be asked fails the whole plan. */
function refusal(error: unknown): string {
  if (!isFairleadError(error)) throw error
  const answers: readonly string[] = [
    'cluster_refused',
    'cluster_denied',
    'invalid',
    'not_found',
    'conflict',
    'too_large',
  ]
  if (!answers.includes(error.code)) throw error
  if (isImmutable(error.message))
    return `An immutable field would change: ${error.message} Delete the object first, or keep the field.`
  return error.message
}

interface Replaced {
  readonly manifest: KubeManifest
  readonly live: KubeObject
  readonly manager: string
}

/** The making of the new Job is tried under a free name: the old one is there until it is deleted. */
async function planReplacement(context: TargetContext, replaced: Replaced): Promise<PlannedObject> {
  const { manifest, manager, live } = replaced
  const tried = await dryRun(context, standIn(manifest), manager)
  if (tried.kind === 'denied') return denied(manifest, [tried.message])
  const object = withoutAllocations(inPlaceOf(tried.applied.object, manifest))
  const applied = { ...tried.applied, object }
  const compared = { manifest, manager, applied, conflicts: [], live: withoutAllocations(live) }
  const planned = compare(context, compared)
  const note = 'Its template is immutable: the Job is deleted and made anew, and so runs again.'
  const ended = `${wordsOf(identityOf(manifest))}: it still runs, and is ended to make room for the new one.`
  return {
    ...planned,
    plan: { ...planned.plan, change: 'change', notes: [note, ...planned.plan.notes] },
    warnings: [...planned.warnings, ...(stillRuns(live) ? [ended] : [])],
  }
}

interface Compared {
  readonly manifest: KubeManifest
  readonly live: KubeObject | null
  readonly manager: string
  readonly applied: Applied
  readonly conflicts: Conflicts
}

function compare(context: TargetContext, compared: Compared): PlannedObject {
  const { manifest, live, manager, applied, conflicts } = compared
  const clean = (object: KubeObject): KubeObject => normalise(redactSecret(object, context.fingerprint))
  const before = live === null ? null : clean(live)
  const after = clean(applied.object)
  const beforeHash = before === null ? null : hashOf(before)
  const afterHash = hashOf(live === null ? withoutAllocations(after) : after)
  const change = live === null ? 'create' : beforeHash === afterHash ? 'none' : 'change'
  const identity = identityOf(manifest)
  const kept = live === null ? [] : keptByOthers(live, applied.object, manager)
  const templateChanged = live !== null && change === 'change' && hasNewTemplate(before, after)
  return {
    plan: {
      ...identity,
      change,
      notes: [
        ...applied.warnings,
        ...(templateChanged && configDigestOf(before) !== configDigestOf(after) ? [configChanged] : []),
      ],
      conflicts,
      restarts: live !== null && templateChanged ? podsOf(live) : 0,
      diff: change === 'none' ? [] : diffOf(before, live === null ? withoutAllocations(after) : after),
    },
    blockers: conflicts.map(
      ({ field, manager: owner }) => `${wordsOf(identity)}: ${owner} owns ${field} with another value.`,
    ),
    warnings: [
      ...applied.warnings.map((warning) => `${wordsOf(identity)}: ${warning}`),
      ...applied.taken.map(
        ({ field }) => `${wordsOf(identity)}: ${field} was changed by hand and is set back to the manifest.`,
      ),
      ...kept.map(
        ({ path, manager: owner }) =>
          `${wordsOf(identity)}: ${path} is no longer in the manifest but stays, ${owner} owns it as well.`,
      ),
    ],
    liveHash: beforeHash,
    resultHash: afterHash,
    pods:
      change !== 'none' && isJudged(applied.object)
        ? { before: live, after: applied.object, templateChanged }
        : null,
  }
}

const configChanged = 'What its pods read of the ConfigMaps and Secrets of the release changes.'

function hasNewTemplate(before: KubeObject | null, after: KubeObject): boolean {
  const template = ['spec', 'template']
  if (valueAt(after, template) === undefined) return false
  return hashOf(valueAt(before, template) ?? null) !== hashOf(valueAt(after, template))
}

function podsOf(live: KubeObject): number {
  const count =
    live.kind === 'DaemonSet'
      ? valueAt(live, ['status', 'desiredNumberScheduled'])
      : live.kind === 'Deployment' || live.kind === 'StatefulSet'
        ? (valueAt(live, ['spec', 'replicas']) ?? 1)
        : 0
  return typeof count === 'number' ? count : 0
}

const bare = (
  manifest: KubeManifest,
  change: ObjectPlan['change'],
  notes: readonly string[],
): PlannedObject => ({
  plan: { ...identityOf(manifest), change, notes, conflicts: [], restarts: 0, diff: [] },
  blockers: [],
  warnings: [],
  liveHash: null,
  resultHash: null,
  pods: null,
})

export const leftAlone = (manifest: KubeManifest): PlannedObject =>
  bare(manifest, 'none', ['A way back runs no Job again.'])

const denied = (manifest: KubeManifest, notes: readonly string[]): PlannedObject => ({
  ...bare(manifest, 'denied', notes),
  blockers: notes.map((note) => `${wordsOf(identityOf(manifest))}: ${note}`),
})

/** A dry run can't look into a namespace that isn't there yet; the redacted manifest stands in for its result. */
export const unverifiable = (
  manifest: KubeManifest,
  redacted: KubeManifest,
  until: string,
): PlannedObject => ({
  ...bare(manifest, 'unverifiable', [`Unverifiable until ${until} exists.`]),
  plan: {
    ...bare(manifest, 'unverifiable', [`Unverifiable until ${until} exists.`]).plan,
    diff: diffOf(null, normalise(redacted)),
  },
  resultHash: hashOf(normalise(redacted)),
  pods: isJudged(manifest) ? { before: null, after: manifest, templateChanged: false } : null,
})
