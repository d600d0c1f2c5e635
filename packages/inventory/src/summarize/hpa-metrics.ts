import { integerIn, recordIn, textIn, type Loose } from '@fairlead/contracts/loose-json'

const shownMetrics = 2
const unknown = '<unknown>'

const quantityIn = (value: Loose, field: string): string | null => textIn(value[field]) || null

function averageOrValue(target: Loose, current: Loose): string {
  const average = quantityIn(target, 'averageValue')
  if (average !== null) return `${quantityIn(current, 'averageValue') ?? unknown}/${average} (avg)`
  return `${quantityIn(current, 'value') ?? unknown}/${quantityIn(target, 'value') ?? '<nil>'}`
}

function resourceWords(source: Loose, target: Loose, current: Loose): string {
  const name = textIn(source['name'])
  const average = quantityIn(target, 'averageValue')
  if (average !== null) return `${name}: ${quantityIn(current, 'averageValue') ?? unknown}/${average}`
  const percent = (value: unknown, otherwise: string): string =>
    typeof value === 'number' ? `${integerIn(value)}%` : otherwise
  const [now, wanted] = [current['averageUtilization'], target['averageUtilization']]
  return `${name}: ${percent(now, unknown)}/${percent(wanted, '<auto>')}`
}

const sourceField: Readonly<Record<string, string>> = {
  External: 'external',
  Pods: 'pods',
  Object: 'object',
  Resource: 'resource',
  ContainerResource: 'containerResource',
}

function oneMetric(spec: Loose, status: Loose): string {
  const type = textIn(spec['type'])
  const field = sourceField[type]
  if (field === undefined) return '<unknown type>'
  const source = recordIn(spec[field])
  const target = recordIn(source['target'])
  const current = recordIn(recordIn(status[field])['current'])
  if (type === 'Resource' || type === 'ContainerResource') return resourceWords(source, target, current)
  if (type === 'Pods')
    return `${quantityIn(current, 'averageValue') ?? unknown}/${quantityIn(target, 'averageValue') ?? '<nil>'}`
  return averageOrValue(target, current)
}

/** Upstream: kubernetes/pkg/printers/internalversion formatHPAMetrics. */
export function metricWords(specs: readonly Loose[], statuses: readonly Loose[]): string {
  if (specs.length === 0) return '<none>'
  const all = specs.map((spec, index) => oneMetric(spec, statuses[index] ?? {}))
  const shown = all.slice(0, shownMetrics).join(', ')
  return all.length > shownMetrics ? `${shown} + ${all.length - shownMetrics} more...` : shown
}
