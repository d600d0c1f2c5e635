import { describe, expect, it } from 'vitest'
import { applyOrder, pruneOrder } from './apply-order'
import { fieldConflicts } from './apply'
import { parseLogLine } from './logs'
import { toYaml } from './yaml'

describe('apply order', () => {
  const kinds = [
    'Ingress',
    'Deployment',
    'Widget',
    'Service',
    'Secret',
    'HorizontalPodAutoscaler',
    'Namespace',
    'RoleBinding',
    'Role',
    'CustomResourceDefinition',
    'ServiceAccount',
    'PersistentVolumeClaim',
  ]
  const sorted = [
    'Namespace',
    'CustomResourceDefinition',
    'ServiceAccount',
    'Role',
    'RoleBinding',
    'Secret',
    'PersistentVolumeClaim',
    'Service',
    'Deployment',
    'Widget',
    'HorizontalPodAutoscaler',
    'Ingress',
  ]
  const objects = kinds.map((kind) => ({ kind }))
  it('puts dependencies first', () => expect(applyOrder(objects).map(({ kind }) => kind)).toEqual(sorted))
  it('prunes in reverse', () =>
    expect(pruneOrder(objects).map(({ kind }) => kind)).toEqual(sorted.toReversed()))
})

describe('YAML for people', () => {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'db',
      managedFields: [{ manager: 'x' }],
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"password":"aHVudGVyMg=="}}',
      },
    },
    data: { password: 'aHVudGVyMg==' },
    stringData: { token: 'hunter2' },
  }
  it('shows the keys of a Secret and never its values', () => {
    const yaml = toYaml(secret)
    expect(yaml).toContain('password: (redacted)')
    expect(yaml).not.toMatch(/hunter2|aHVudGVyMg|managedFields/)
  })
  it('quotes what Kubernetes would read as something else', () =>
    expect(
      toYaml({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a' },
        data: { on: 'yes', at: '0644' },
      }),
    ).toMatch(/"on": "yes"\n {2}at: "0644"/))
})

describe('small parsers', () => {
  it('field conflicts name the other manager', () =>
    expect(
      fieldConflicts([
        {
          reason: 'FieldManagerConflict',
          message: 'conflict with "kubectl-edit" using apps/v1',
          field: '.spec.replicas',
        },
        { reason: 'Other' },
      ]),
    ).toEqual([
      {
        field: 'spec.replicas',
        manager: 'kubectl-edit',
        message: 'conflict with "kubectl-edit" using apps/v1',
      },
    ]))
  it("log lines carry the kubelet's time", () => {
    const query = { pod: 'p', container: 'c' }
    expect(parseLogLine('2026-11-23T11:57:41.123456789Z  two spaces', query)).toEqual({
      ...query,
      at: '2026-11-23T11:57:41.123456789Z',
      text: ' two spaces',
    })
    expect(parseLogLine('2026-11-23T11:57:41Z', query)).toEqual({
      ...query,
      at: '2026-11-23T11:57:41Z',
      text: '',
    })
    expect(parseLogLine('no time', query)).toEqual({ ...query, at: null, text: 'no time' })
  })
})
