import { recordIn } from '@fairlead/contracts/loose-json'
import type { Trial, TrialSplit } from '@fairlead/contracts/strategy'
import type { KubeManifest, KubeObject } from '@fairlead/kube/kube-object'
import { hashOf } from '../manifest/digest'
import { servicesOf, sideName, type TrialPair } from './side'
import { routedShare, trafficObjects, trafficOf } from './traffic'
import { shareOf } from './weights'

export const countIn = (
  object: KubeObject | null,
  part: string,
  field: string,
  otherwise: number,
): number => {
  const value = recordIn(object?.[part])[field]
  return typeof value === 'number' ? value : otherwise
}

interface Seen {
  readonly manifest: KubeManifest
  readonly live: KubeObject | null
}
interface Beside {
  readonly trial: Trial
  readonly pair: TrialPair
  readonly weight: number
  readonly pods: Readonly<Record<string, number>>
  /** The objects of the trial, as they are. */
  readonly found: readonly Seen[]
}

/** Of one Deployment: the share that the step asks for, and what pods or whatever moves the traffic give it. */
export function splitOf({ trial, pair, weight, pods, found }: Beside, stable: Seen): TrialSplit {
  const { name } = stable.manifest.metadata
  const beside = sideName(name, trial.side)
  const own = found.find(
    ({ manifest }) => manifest.kind === 'Deployment' && manifest.metadata.name === beside,
  )
  const available = countIn(own?.live ?? null, 'status', 'availableReplicas', 0)
  const stablePods = countIn(stable.live, 'status', 'availableReplicas', 0)
  const share =
    trial.traffic === 'pods' ? shareOf(available, stablePods) : movedShare({ trial, pair, found }, name)
  return {
    workload: name,
    beside,
    wanted: { weight, pods: pods[name] ?? 0 },
    actual: { weight: share, pods: available, stablePods },
  }
}

/** As the live objects have it; what nothing moves gets nothing. */
function movedShare(
  { trial, pair, found }: Pick<Beside, 'trial' | 'pair' | 'found'>,
  workload: string,
): number {
  const deployment = pair.release.find(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name === workload,
  )
  if (deployment === undefined) return 0
  const services = servicesOf(pair, deployment).map(({ metadata }) => metadata.name)
  if (trial.traffic === 'routes') {
    const routes = found.filter(({ manifest }) => manifest.kind === 'HTTPRoute')
    const shares = services.flatMap((service) =>
      routes.flatMap(({ live }) => routedShare(recordIn(live), trial.side, service) ?? []),
    )
    return shares.length === 0 ? 0 : Math.max(...shares)
  }
  const switched = trafficObjects({ trial, pair, weight: 100 }, [deployment])
  const there = switched.filter((wanted) => {
    const live = found.find(
      ({ manifest }) => manifest.kind === 'Service' && manifest.metadata.name === wanted.metadata.name,
    )?.live
    return live != null && hashOf(trafficOf(live) ?? null) === hashOf(trafficOf(wanted) ?? null)
  })
  return switched.length > 0 && there.length === switched.length ? 100 : 0
}
