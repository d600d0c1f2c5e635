import { recordIn, recordsIn, textIn, type Loose } from '@fairlead/contracts/loose-json'
import type { Trial } from '@fairlead/contracts/strategy'
import type { KubeManifest } from '@fairlead/kube/kube-object'
import { sameIn, selectorOf, servicesOf, sideLabels, sideName, sideSelector, type TrialPair } from './side'

interface Wish {
  readonly trial: Pick<Trial, 'side' | 'traffic'>
  readonly pair: TrialPair
  readonly weight: number
}
type Labels = Readonly<Record<string, string>>

const isRoute = ({ kind, apiVersion }: KubeManifest): boolean =>
  kind === 'HTTPRoute' && apiVersion.startsWith('gateway.networking.k8s.io/')

const withSelector = (service: KubeManifest, selector: Labels): KubeManifest => ({
  ...service,
  spec: { ...recordIn(service['spec']), selector },
})

/** What a step moves the traffic with. Where pods make the weight, nothing has to be moved. */
export function trafficObjects(wish: Wish, tried: readonly KubeManifest[]): readonly KubeManifest[] {
  const { trial, pair } = wish
  if (trial.traffic === 'pods') return []
  const found = tried.flatMap((deployment) => {
    const labels = sideLabels(trial, pair, deployment)
    return servicesOf(pair, deployment).map((service) => ({ service, labels }))
  })
  // One Service may stand before several Deployments; the first moves it.
  const once = found.filter(
    ({ service }, index) => found.findIndex((other) => other.service === service) === index,
  )
  return trial.traffic === 'service'
    ? once.map(({ service, labels }) => (wish.weight >= 100 ? switched(pair, service, labels) : service))
    : routed(wish, once)
}

/** The release's own Service, as its pods may listen elsewhere, before the new side. */
function switched({ release }: TrialPair, service: KubeManifest, labels: Labels): KubeManifest {
  const own = sameIn(release, service) ?? service
  return withSelector(own, sideSelector(selectorOf(own), labels))
}

interface Found {
  readonly service: KubeManifest
  readonly labels: Labels
}

function routed({ trial, pair, weight }: Wish, found: readonly Found[]): readonly KubeManifest[] {
  const behind = found.filter(({ service }) => routesTo(pair, service).length > 0)
  const names = new Set(behind.map(({ service }) => service.metadata.name))
  const services = behind.map(({ service, labels }) =>
    sideService(trial, sameIn(pair.release, service) ?? service, labels),
  )
  const routes = pair.base.filter(
    (object) => isRoute(object) && backendsOf(object).some((name) => names.has(name)),
  )
  return [...services, ...routes.map((route) => weighted(route, names, { side: trial.side, weight }))]
}

const backendsOf = (route: KubeManifest): string[] =>
  recordsIn(recordIn(route['spec'])['rules'])
    .flatMap((rule) => recordsIn(rule['backendRefs']))
    .filter(isServiceRef)
    .map(({ name }) => textIn(name))

/** Of this namespace, as every object of a release. */
const isServiceRef = (reference: Loose): boolean =>
  (textIn(reference['kind']) || 'Service') === 'Service' && textIn(reference['namespace']) === ''

/** Routes of what runs that lead to the Service. */
export const routesTo = ({ base }: TrialPair, service: KubeManifest): readonly KubeManifest[] =>
  base.filter((object) => isRoute(object) && backendsOf(object).includes(service.metadata.name))

/** Inside the cluster alone, whatever the Service that it stands beside offers. */
function sideService({ side }: Wish['trial'], service: KubeManifest, labels: Labels): KubeManifest {
  const ports = recordsIn(recordIn(service['spec'])['ports']).map(({ nodePort: _, ...port }) => port)
  const { labels: own, annotations, name } = service.metadata
  return {
    apiVersion: service.apiVersion,
    kind: service.kind,
    metadata: {
      name: sideName(name, side),
      ...(own === undefined ? {} : { labels: own }),
      ...(annotations === undefined ? {} : { annotations }),
    },
    spec: { ports, selector: sideSelector(selectorOf(service), labels) },
  }
}

interface Share {
  readonly side: Trial['side']
  readonly weight: number
}

/** Each reference becomes two, which share what it had. */
function weighted(route: KubeManifest, names: ReadonlySet<string>, { side, weight }: Share): KubeManifest {
  const split = (reference: Loose): Loose[] => {
    const name = textIn(reference['name'])
    if (!isServiceRef(reference) || !names.has(name)) return [reference]
    const own = typeof reference['weight'] === 'number' ? reference['weight'] : 1
    return [
      { ...reference, weight: own * (100 - weight) },
      { ...reference, name: sideName(name, side), weight: own * weight },
    ]
  }
  const spec = recordIn(route['spec'])
  const rules = recordsIn(spec['rules']).map((rule) => {
    const references = recordsIn(rule['backendRefs'])
    // The others of the rule keep their part of it.
    const touched = references.some(
      (reference) => isServiceRef(reference) && names.has(textIn(reference['name'])),
    )
    if (!touched) return rule
    return { ...rule, backendRefs: references.flatMap((reference) => scaled(split(reference), reference)) }
  })
  return { ...route, spec: { ...spec, rules } }
}

const scaled = (split: readonly Loose[], reference: Loose): readonly Loose[] =>
  split.length > 1
    ? split
    : [{ ...reference, weight: 100 * (typeof reference['weight'] === 'number' ? reference['weight'] : 1) }]

/** What of a moved object says where the traffic goes. */
export function trafficOf(object: { readonly kind: string; readonly [key: string]: unknown }): unknown {
  const spec = recordIn(object['spec'])
  if (object.kind === 'Service') return spec['selector']
  return recordsIn(spec['rules']).map((rule) =>
    recordsIn(rule['backendRefs']).map(({ name, weight }) => [name, weight ?? 1]),
  )
}

/** Per cent that the routes send to the new side, as they are; null where none leads there. */
export function routedShare(route: Loose, side: Trial['side'], service: string): number | null {
  const references = recordsIn(recordIn(route['spec'])['rules']).flatMap((rule) =>
    recordsIn(rule['backendRefs']),
  )
  const sum = (name: string): number =>
    references
      .filter((reference) => isServiceRef(reference) && textIn(reference['name']) === name)
      .reduce((total, { weight }) => total + (typeof weight === 'number' ? weight : 1), 0)
  const [fresh, old] = [sum(sideName(service, side)), sum(service)]
  return fresh + old === 0 ? null : Math.round((fresh * 100) / (fresh + old))
}
