import { isLongRunningKind, notInfrastructure } from './infrastructure'
import type { Finding } from '@fairlead/documents/zod-problems'

type Fields = Readonly<Record<string, unknown>>
const isMap = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function templateFields(template: Fields, base: Finding['path']): Finding[] {
  if (isLongRunningKind(template['kind']) || (isMap(template['spec']) && 'replicas' in template['spec']))
    return [{ path: base, message: notInfrastructure, found: String(template['kind'] ?? 'replicas') }]
  return Object.keys(template)
    .filter((key) => key !== 'metadata' && key !== 'spec')
    .map((key) => ({
      path: [...base, key],
      message: `"${key}" isn’t part of a pod template`,
      found: key,
      expected: 'metadata and spec',
    }))
}

function containerFindings(containers: unknown, base: Finding['path']): Finding[] {
  if (containers === undefined) return []
  if (!Array.isArray(containers) || containers.length === 0 || !containers.every(isMap))
    return [
      {
        path: base,
        message: '"containers" is not a list of containers',
        expected: 'the first is the task’s',
      },
    ]
  const names = containers.map((container) => container['name'])
  return names.flatMap((name, index): Finding[] => {
    const path = [...base, index]
    if (index > 0 && typeof name !== 'string')
      return [{ path, message: 'A container beside the task’s own needs a name', expected: 'a name' }]
    if (typeof name === 'string' && names.indexOf(name) !== index)
      return [{ path: [...path, 'name'], message: 'Two containers have one name', found: name }]
    return []
  })
}

/** What a runner can't make a Job of. Everything else is Kubernetes' to judge. */
export function checkPodTemplate(template: Fields | undefined, base: Finding['path']): readonly Finding[] {
  if (template === undefined) return []
  const findings = templateFields(template, base)
  const spec = template['spec']
  if (spec === undefined) return findings
  if (!isMap(spec))
    return [
      ...findings,
      { path: [...base, 'spec'], message: '"spec" is of the wrong type', expected: 'a map' },
    ]
  const policy = spec['restartPolicy']
  if (policy !== undefined && policy !== 'Never')
    findings.push({
      path: [...base, 'spec', 'restartPolicy'],
      message: policy === 'Always' ? notInfrastructure : 'Retries are the workflow’s, not the pod’s',
      found: String(policy),
      expected: 'Never, or nothing',
    })
  return [...findings, ...containerFindings(spec['containers'], [...base, 'spec', 'containers'])]
}
