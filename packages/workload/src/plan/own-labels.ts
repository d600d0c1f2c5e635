import { labelKeys } from '@fairlead/contracts/labels'
import type { KubeManifest, KubeObject } from '@fairlead/kube/kube-object'

export interface Ownership {
  readonly application: string
  readonly stage: string
  readonly rolloutId?: string
  readonly releaseId?: string
}

/** On the object itself only: a label in a pod template would restart pods. A namespace is shared, so it is nobody's. */
export function labelled(object: KubeManifest, ownership: Ownership): KubeManifest {
  if (object.kind === 'Namespace') return object
  const labels = {
    ...object.metadata.labels,
    [labelKeys.application]: ownership.application,
    [labelKeys.stage]: ownership.stage,
    ...(ownership.rolloutId === undefined ? {} : { [labelKeys.rollout]: ownership.rolloutId }),
    ...(ownership.releaseId === undefined ? {} : { [labelKeys.release]: ownership.releaseId }),
  }
  return { ...object, metadata: { ...object.metadata, labels } }
}

export const labelOf = (object: KubeObject, key: keyof typeof labelKeys): string | undefined =>
  object.metadata.labels?.[labelKeys[key]]

export const belongsTo = (object: KubeObject, ownership: Pick<Ownership, 'application' | 'stage'>): boolean =>
  labelOf(object, 'application') === ownership.application && labelOf(object, 'stage') === ownership.stage
