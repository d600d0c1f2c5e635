import type { KubeObject } from '@fairlead/kube/kube-object'
import { kept, pick } from './kept'
import { recordIn, recordsIn, textIn, type Loose } from '@fairlead/contracts/loose-json'
import type { KindSummary } from './summarized'

const conditionStatus = (status: Loose, type: string): string =>
  textIn(recordsIn(status['conditions']).find((condition) => condition['type'] === type)?.['status'])

/** Upstream of all columns here: the CRDs' additionalPrinterColumns. */
export function summarizeGatewayClass(object: KubeObject): KindSummary {
  const spec = recordIn(object['spec'])
  const status = recordIn(object['status'])
  return {
    cells: { Controller: textIn(spec['controllerName']), Accepted: conditionStatus(status, 'Accepted') },
    summary: {
      kept: kept(object, { spec: pick(spec, ['controllerName']), status: pick(status, ['conditions']) }),
    },
  }
}

export function summarizeGateway(object: KubeObject): KindSummary {
  const spec = recordIn(object['spec'])
  const status = recordIn(object['status'])
  const [address] = recordsIn(status['addresses'])
  return {
    cells: {
      Class: textIn(spec['gatewayClassName']),
      Address: textIn(address?.['value']),
      Programmed: conditionStatus(status, 'Programmed'),
    },
    summary: {
      kept: kept(object, {
        spec: pick(spec, ['gatewayClassName', 'listeners']),
        status: pick(status, ['addresses', 'conditions', 'listeners']),
      }),
    },
  }
}

export function summarizeHttpRoute(object: KubeObject): KindSummary {
  const spec = recordIn(object['spec'])
  const status = recordIn(object['status'])
  const hostnames = spec['hostnames']
  return {
    cells: { Hostnames: Array.isArray(hostnames) ? JSON.stringify(hostnames) : '' },
    summary: {
      kept: kept(object, {
        spec: pick(spec, ['parentRefs', 'hostnames', 'rules']),
        status: pick(status, ['parents']),
      }),
    },
  }
}

export const summarizeReferenceGrant = (object: KubeObject): KindSummary => ({
  cells: {},
  summary: { kept: kept(object, { spec: recordIn(object['spec']) }) },
})
