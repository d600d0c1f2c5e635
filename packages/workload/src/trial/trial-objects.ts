import { trackLabel } from '@fairlead/contracts/labels'
import { recordIn, textsIn, type Loose } from '@fairlead/contracts/loose-json'
import type { Trial } from '@fairlead/contracts/strategy'
import type { KubeManifest } from '@fairlead/kube/kube-object'
import { configReferences } from '../manifest/config-references'
import { hashOf } from '../manifest/digest'
import { readingCopies, type Copies } from './reading-copies'
import { sameIn, sideLabels, sideName, sideSelector, triedDeployments, type TrialPair } from './side'
import { trafficObjects } from './traffic'

export interface TrialObjectsWish {
  readonly trial: Pick<Trial, 'side' | 'traffic'>
  readonly pair: TrialPair
  /** The release with the values of its Secrets, where it is to be applied. */
  readonly opened: readonly KubeManifest[]
  /** Pods by Deployment; those that are not here are not tried. */
  readonly pods: Readonly<Record<string, number>>
  readonly weight: number
}

/** Everything that a step puts beside what runs, and what moves its share of the traffic there. */
export function trialObjects(wish: TrialObjectsWish): readonly KubeManifest[] {
  const { trial, pair, opened, pods } = wish
  const tried = triedDeployments(pair).filter(({ metadata }) => (pods[metadata.name] ?? 0) > 0)
  if (tried.length === 0) return []
  const copies = { side: trial.side, keys: copiedConfig(pair, tried) }
  const needed = opened.filter(
    (object) => neededKinds.includes(object.kind) && sameIn(pair.base, object) === undefined,
  )
  const config = opened
    .filter(({ kind, metadata }) => copies.keys.has(`${kind} ${metadata.name}`))
    .map((object) => ({
      ...object,
      metadata: { ...object.metadata, name: sideName(object.metadata.name, trial.side) },
    }))
  const deployments = tried.flatMap((deployment) => {
    const own = sameIn(opened, deployment)
    return own === undefined ? [] : [sideDeployment(wish, own, copies)]
  })
  return [...needed, ...config, ...deployments, ...trafficObjects(wish, tried)]
}

/** What pods can't be created without: applied early where the old release has none, since nothing old reads it. */
const neededKinds: readonly string[] = ['ServiceAccount', 'PersistentVolumeClaim']

/** Config that changed and is read: the new side reads copies, or the old pods would read what is new. */
function copiedConfig({ release, base }: TrialPair, tried: readonly KubeManifest[]): ReadonlySet<string> {
  const read = new Set(
    tried.flatMap((deployment) =>
      configReferences(recordIn(specOf(deployment)['template'])['spec']).map(
        ({ kind, name }) => `${kind} ${name}`,
      ),
    ),
  )
  const changed = release.filter((object) => {
    if (object.kind !== 'ConfigMap' && object.kind !== 'Secret') return false
    const old = sameIn(base, object)
    return old === undefined || hashOf(old) !== hashOf(object)
  })
  return new Set(
    changed.map(({ kind, metadata }) => `${kind} ${metadata.name}`).filter((key) => read.has(key)),
  )
}

const specOf = (deployment: KubeManifest): Loose => recordIn(deployment['spec'])

/** The release's own Deployment under another name, which its selector tells from the others. */
function sideDeployment(
  { trial, pair, pods }: TrialObjectsWish,
  deployment: KubeManifest,
  copies: Copies,
): KubeManifest {
  const spec = specOf(deployment)
  const selector = recordIn(spec['selector'])
  const template = recordIn(spec['template'])
  const labels = { ...sideLabels(trial, pair, deployment), [trackLabel]: trial.side }
  const { paused: _, ...rest } = spec
  const { name } = deployment.metadata
  return {
    ...deployment,
    metadata: { ...deployment.metadata, name: sideName(name, trial.side) },
    spec: {
      ...rest,
      replicas: pods[name] ?? 0,
      selector: {
        ...selector,
        matchLabels: { ...sideSelector(textsIn(selector['matchLabels']), labels), [trackLabel]: trial.side },
      },
      template: {
        ...template,
        metadata: { ...recordIn(template['metadata']), labels },
        spec: readingCopies(template['spec'], copies),
      },
    },
  }
}
