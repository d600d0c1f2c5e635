import { FairleadError, isFairleadError } from '@fairlead/contracts/errors'
import { handsFieldManager } from '@fairlead/contracts/hand-states'
import { maxEditBytes, type EditPlan } from '@fairlead/contracts/hands'
import { recordIn } from '@fairlead/contracts/loose-json'
import { sentences } from '@fairlead/contracts/sentences'
import { diffOf } from '@fairlead/kube/diff-lines'
import { readEdited } from '@fairlead/kube/edited-object'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { withoutServerFields } from '@fairlead/kube/normalise'
import { takenFromOthers } from '@fairlead/kube/owned-fields'
import { replaceObject } from '@fairlead/kube/replace'
import { changedPaths } from './changed-paths'

export interface Edit {
  /** As the person read it, and as it should be. */
  readonly base: KubeObject
  readonly edited: KubeObject
}

export interface PlannedEdit {
  readonly plan: EditPlan
  /** What is sent, bound to the live object's resourceVersion. */
  readonly wanted: KubeObject
  readonly changed: readonly string[]
}

export const readEdit = (texts: { readonly base: string; readonly edited: string }): Edit => ({
  base: readEdited(texts.base, { maxBytes: maxEditBytes }),
  edited: readEdited(texts.edited, { maxBytes: maxEditBytes }),
})

/** An edit changes an object, never which one it is. */
export function assertSameObject(live: KubeObject, edited: KubeObject): void {
  const identity = ({ apiVersion, kind, metadata }: KubeObject) => ({
    apiVersion,
    kind,
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace ?? live.metadata.namespace,
  })
  const [before, after] = [identity(live), identity(edited)]
  for (const path of Object.keys(before) as (keyof typeof before)[])
    if (before[path] !== after[path])
      throw new FairleadError('invalid', `An edit can't change ${path}: that would be another object.`, {
        path,
        found: String(after[path]),
        expected: String(before[path]),
      })
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/** What people are not shown stays as it is: status, managers and kubectl's copy of what it applied. */
function withHiddenParts(edited: KubeObject, live: KubeObject): KubeObject {
  const { resourceVersion, uid, creationTimestamp, generation, namespace } = live.metadata
  const copy = live.metadata.annotations?.[lastApplied]
  const annotations = {
    ...edited.metadata.annotations,
    ...(copy === undefined ? {} : { [lastApplied]: copy }),
  }
  const { status: _, ...body } = edited
  return {
    ...body,
    apiVersion: live.apiVersion,
    kind: live.kind,
    metadata: {
      ...edited.metadata,
      ...(namespace === undefined ? {} : { namespace }),
      resourceVersion,
      uid,
      creationTimestamp,
      generation,
      annotations,
    },
    ...(live['status'] === undefined ? {} : { status: live['status'] }),
  }
}

/** Answers of the API server about the edit itself; anything else is a failure. */
const refusals: readonly string[] = ['cluster_refused', 'cluster_denied', 'invalid', 'too_large']

function refusalWords(message: string): string {
  return /field is immutable|updates to statefulset spec|may not (change|be changed)|pod updates may not/i.test(
    message,
  )
    ? `An immutable field would change: ${message}`
    : message
}

const template = (object: KubeObject): unknown => recordIn(object['spec'])['template']

/** One look: what changed meanwhile, and what a dry run of the edit says. Throws `conflict` when it changes right now. */
export async function planEdit(
  client: KubeClient,
  live: KubeObject,
  { base, edited }: Edit,
): Promise<PlannedEdit> {
  assertSameObject(live, edited)
  const before = withoutServerFields(live)
  const wanted = withHiddenParts(edited, live)
  const meanwhile = diffOf(withoutServerFields(base), before)
  const nothing = { conflicts: [], notes: [], restarts: false, meanwhile }
  const shown = (after: KubeObject) => diffOf(before, withoutServerFields(after))
  try {
    const dry = await replaceObject(client, wanted, { fieldManager: handsFieldManager, dryRun: true })
    const after = withoutServerFields(dry.object)
    const restarts =
      ['Deployment', 'StatefulSet', 'DaemonSet'].includes(live.kind) &&
      changedPaths(template(before), template(after)).length > 0
    const plan: EditPlan = {
      diff: shown(dry.object),
      conflicts: takenFromOthers(live, dry.object, handsFieldManager),
      meanwhile,
      refused: null,
      notes: [...dry.warnings],
      restarts,
    }
    return { plan, wanted, changed: changedPaths(before, after) }
  } catch (error) {
    if (!isFairleadError(error) || !refusals.includes(error.code)) throw error
    const plan = {
      ...nothing,
      diff: shown(wanted),
      refused: refusalWords(sentences(error.message, error.detail.remedy)),
    }
    return { plan, wanted, changed: [] }
  }
}
