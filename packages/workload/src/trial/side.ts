import { recordIn, textsIn } from '@fairlead/contracts/loose-json'
import type { Trial } from '@fairlead/contracts/strategy'
import type { KubeManifest } from '@fairlead/kube/kube-object'
import { hashOf } from '../manifest/digest'
import { valueAt } from '../manifest/pod-template'

/** A release and the one that it would replace, both as they are stored: redacted, in no namespace. */
export interface TrialPair {
  readonly release: readonly KubeManifest[]
  readonly base: readonly KubeManifest[]
}
type Side = Trial['side']

export const sideName = (name: string, side: Side): string => `${name}-${side}`

export const sameIn = (
  objects: readonly KubeManifest[],
  { kind, metadata }: Pick<KubeManifest, 'kind' | 'metadata'>,
): KubeManifest | undefined =>
  objects.find((other) => other.kind === kind && other.metadata.name === metadata.name)

const isDeployment = ({ apiVersion, kind }: KubeManifest): boolean =>
  kind === 'Deployment' && apiVersion.startsWith('apps/')

/** Deployments that both hold and whose pods would differ: what a trial can show something of. */
export const triedDeployments = ({ release, base }: TrialPair): readonly KubeManifest[] =>
  release.filter((object) => {
    const old = isDeployment(object) ? sameIn(base, object) : undefined
    const template = ['spec', 'template']
    return (
      old !== undefined &&
      hashOf(valueAt(old, template) ?? null) !== hashOf(valueAt(object, template) ?? null)
    )
  })

type Labels = Readonly<Record<string, string>>
export const selectorOf = (service: KubeManifest): Labels => textsIn(recordIn(service['spec'])['selector'])
const podLabelsOf = (deployment: KubeManifest): Labels =>
  textsIn(valueAt(deployment, ['spec', 'template', 'metadata', 'labels']))

const selects = (selector: Labels, labels: Labels): boolean =>
  Object.keys(selector).length > 0 && Object.entries(selector).every(([key, value]) => labels[key] === value)

/** Services of what runs that find the pods of a Deployment, old and new. */
export const servicesOf = (
  { release, base }: TrialPair,
  deployment: KubeManifest,
): readonly KubeManifest[] => {
  const old = sameIn(base, deployment)
  return base.filter(
    (object) =>
      object.kind === 'Service' &&
      sameIn(release, object) !== undefined &&
      old !== undefined &&
      selects(selectorOf(object), podLabelsOf(old)),
  )
}

/**
 * The labels of the new side's pods. Where pods make the weight the same Services have to find them. Otherwise none may,
 * before the traffic is moved: of each selector that would, one label gets a value of its own.
 */
export function sideLabels(
  trial: Pick<Trial, 'side' | 'traffic'>,
  pair: TrialPair,
  deployment: KubeManifest,
): Labels {
  const labels = podLabelsOf(deployment)
  if (trial.traffic === 'pods') return labels
  let apart = labels
  for (const service of servicesOf(pair, deployment)) {
    const selector = selectorOf(service)
    const [first] = Object.keys(selector).sort()
    if (first === undefined || !selects(selector, apart)) continue
    apart = { ...apart, [first]: sideName(selector[first] ?? '', trial.side) }
  }
  return apart
}

/** A selector that finds the new side where the old one found the old. */
export const sideSelector = (selector: Labels, labels: Labels): Labels =>
  Object.fromEntries(Object.entries(selector).map(([key, value]) => [key, labels[key] ?? value]))
