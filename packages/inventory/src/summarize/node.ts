import type { KubeObject } from '@fairlead/kube/kube-object'
import { conditionsOf } from './conditions'
import { recordIn, recordsIn, textIn, type Loose } from '@fairlead/contracts/loose-json'
import { quantity } from '@fairlead/insight/quantity'
import { resourcesOf } from './resources'
import type { Condition, KindSummary } from './summarized'

export interface NodeSummary {
  readonly internalIp: string
  readonly osImage: string
  readonly containerRuntime: string
  readonly podsAllocatable: number
  /** `key=value:Effect`, as kubectl writes them. */
  readonly taints: readonly string[]
  readonly conditions: readonly Condition[]
}

function statusWords(spec: Loose, status: Loose): string {
  const ready = recordsIn(status['conditions']).find((condition) => condition['type'] === 'Ready')
  const words = ready === undefined ? 'Unknown' : ready['status'] === 'True' ? 'Ready' : 'NotReady'
  return spec['unschedulable'] === true ? `${words},SchedulingDisabled` : words
}

const rolePrefix = 'node-role.kubernetes.io/'

function rolesOf(labels: Readonly<Record<string, string>>): string {
  const found = Object.entries(labels).flatMap(([key, value]) => {
    if (key.startsWith(rolePrefix)) return [key.slice(rolePrefix.length)]
    return key === 'kubernetes.io/role' ? [value] : []
  })
  const roles = [...new Set(found.filter((role) => role !== ''))].sort()
  return roles.length === 0 ? '<none>' : roles.join(',')
}

const taintWords = (taint: Loose): string => {
  const value = textIn(taint['value'])
  return `${textIn(taint['key'])}${value === '' ? '' : `=${value}`}:${textIn(taint['effect'])}`
}

/** Upstream: kubernetes/pkg/printers/internalversion printNode. */
export function summarizeNode(node: KubeObject): KindSummary {
  const spec = recordIn(node['spec'])
  const status = recordIn(node['status'])
  const info = recordIn(status['nodeInfo'])
  const allocatable = recordIn(status['allocatable'])
  const words = statusWords(spec, status)
  const address = recordsIn(status['addresses']).find(({ type }) => type === 'InternalIP')
  const summary: NodeSummary = {
    internalIp: textIn(address?.['address']) || '<none>',
    osImage: textIn(info['osImage']) || '<unknown>',
    containerRuntime: textIn(info['containerRuntimeVersion']) || '<unknown>',
    podsAllocatable: Math.trunc(quantity(allocatable['pods'])),
    taints: recordsIn(spec['taints']).map(taintWords),
    conditions: conditionsOf(status),
  }
  return {
    cells: {
      Status: words,
      Roles: rolesOf(node.metadata.labels ?? {}),
      Version: textIn(info['kubeletVersion']),
    },
    state: /^Ready\b/.test(words) ? 'ready' : 'not_ready',
    summary,
    ...resourcesOf(allocatable),
  }
}
