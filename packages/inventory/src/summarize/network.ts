import { publicAnnotation } from '@fairlead/contracts/labels'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { balancerAddresses } from './ingress'
import { kept, pick, type Kept } from './kept'
import {
  integerIn,
  recordIn,
  recordsIn,
  textIn,
  textListIn,
  textsIn,
  type Loose,
} from '@fairlead/contracts/loose-json'
import type { KindSummary } from './summarized'

export interface ServiceSummary {
  readonly selector: Readonly<Record<string, string>>
  readonly kept: Kept
}

const keptOfService = [
  'type',
  'selector',
  'ports',
  'clusterIP',
  'externalName',
  'externalTrafficPolicy',
  'publishNotReadyAddresses',
]

function externalIp(spec: Loose, status: Loose): string {
  const declared = textListIn(spec['externalIPs'])
  switch (textIn(spec['type'])) {
    case 'ClusterIP':
    case 'NodePort':
      return declared.length === 0 ? '<none>' : declared.join(',')
    case 'ExternalName':
      return textIn(spec['externalName'])
    case 'LoadBalancer': {
      const all = [...balancerAddresses(status), ...declared]
      return all.length === 0 ? '<pending>' : all.join(',')
    }
    default:
      return '<unknown>'
  }
}

function portWords(port: Loose): string {
  const node = integerIn(port['nodePort'])
  return `${integerIn(port['port'])}${node > 0 ? `:${node}` : ''}/${textIn(port['protocol'])}`
}

/** Upstream: kubernetes/pkg/printers/internalversion printService. */
export function summarizeService(service: KubeObject): KindSummary {
  const spec = recordIn(service['spec'])
  const ports = recordsIn(spec['ports']).map(portWords).join(',')
  const [clusterIp] = textListIn(spec['clusterIPs'])
  const status = recordIn(service['status'])
  const summary: ServiceSummary = {
    selector: textsIn(spec['selector']),
    kept: kept(service, { spec: pick(spec, keptOfService), status: pick(status, ['loadBalancer']) }, [
      publicAnnotation,
    ]),
  }
  return {
    cells: {
      Type: textIn(spec['type']),
      'Cluster-IP': clusterIp ?? '<none>',
      'External-IP': externalIp(spec, status),
      'Port(s)': ports === '' ? '<none>' : ports,
    },
    summary,
  }
}

const shownAddresses = 3

function listWithMore(items: readonly string[]): string {
  const shown = items.slice(0, shownAddresses).join(',')
  if (items.length > shownAddresses) return `${shown} + ${items.length - shownAddresses} more...`
  return shown === '' ? '<unset>' : shown
}

export interface EndpointSliceSummary {
  readonly service: string | null
  readonly endpoints: number
  readonly ready: number
  readonly kept: Kept
}

/** Topology and hints decide how traffic is spread, not whether it arrives. */
const keptEndpoint = (endpoint: Loose): Loose =>
  pick(endpoint, ['addresses', 'conditions', 'targetRef', 'nodeName'])

/** Upstream: kubernetes/pkg/printers/internalversion printEndpointSlice. */
export function summarizeEndpointSlice(slice: KubeObject): KindSummary {
  const endpoints = recordsIn(slice['endpoints'])
  const ports = recordsIn(slice['ports']).map((port) =>
    typeof port['port'] === 'number' ? String(port['port']) : textIn(port['name']) || '*',
  )
  const summary: EndpointSliceSummary = {
    service: slice.metadata.labels?.['kubernetes.io/service-name'] ?? null,
    endpoints: endpoints.length,
    // An absent condition means ready.
    ready: endpoints.filter((endpoint) => recordIn(endpoint['conditions'])['ready'] !== false).length,
    kept: kept(slice, {
      addressType: slice['addressType'],
      endpoints: endpoints.map(keptEndpoint),
      ports: recordsIn(slice['ports']),
    }),
  }
  return {
    cells: {
      AddressType: textIn(slice['addressType']),
      Ports: listWithMore(ports),
      Endpoints: listWithMore(endpoints.flatMap((endpoint) => textListIn(endpoint['addresses']))),
    },
    summary,
  }
}
