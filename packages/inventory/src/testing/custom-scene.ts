import crypto from 'node:crypto'
import { recordIn } from '@fairlead/contracts/loose-json'
import { resourcePath } from '@fairlead/kube/discovery'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { deleteObject, getObject } from '@fairlead/kube/objects'
import { conditionTrue } from '../summarize/conditions'
import { eventually } from './inventory-fixture'

const definitions = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' }
const rbac = 'rbac.authorization.k8s.io/v1'

/** What would clear a terminal, turn writing around and hide what follows. */
export const hostile = '\u001b[2Jgone\u202etxt <img src=x onerror=alert(1)>\nsecond line'

/** Two custom kinds of their own group, so that test files that share a cluster don't meet. */
export interface CustomScene {
  readonly group: string
  readonly shortName: string
  /** Two namespaces with widgets in them, in order. */
  readonly namespaces: readonly [string, string]
  /** Lets the console read a kind as its installer would. */
  allow(plural: string, label: string): Promise<void>
  close(): Promise<void>
}

const column = (name: string, type: string, path: string, rest: object = {}) => ({
  name,
  type,
  jsonPath: `.spec.${path}`,
  ...rest,
})
const columns = [
  column('Size', 'integer', 'size', { description: 'How large it is' }),
  column('Ready', 'boolean', 'ready'),
  column('Since', 'date', 'since'),
  column('Note', 'string', 'note'),
  column('Owner', 'string', 'owner', { priority: 1 }),
  { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
]
const schema = {
  openAPIV3Schema: {
    type: 'object',
    properties: { spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
  },
}

interface Defined {
  readonly kind: string
  readonly plural: string
  readonly scope: 'Namespaced' | 'Cluster'
  readonly versions: readonly object[]
  readonly shortNames?: readonly string[]
}

async function define(admin: KubeClient, group: string, { scope, versions, ...names }: Defined) {
  const name = `${names.plural}.${group}`
  await admin.json({
    method: 'POST',
    path: resourcePath(definitions.apiVersion, 'customresourcedefinitions'),
    body: { ...definitions, metadata: { name }, spec: { group, scope, names, versions } },
  })
  await eventually(`${name} served`, async () => {
    const found = await getObject(admin, { ...definitions, name })
    return conditionTrue(recordIn(found?.['status']), 'Established')
  })
}

async function plantWidgets(admin: KubeClient, group: string, [one, two]: readonly [string, string]) {
  const widget = (namespace: string, name: string, spec: object) =>
    eventually(`${name} made`, () =>
      admin
        .json({
          method: 'POST',
          path: resourcePath(`${group}/v1`, 'widgets', { namespace }),
          body: {
            apiVersion: `${group}/v1`,
            kind: 'Widget',
            metadata: {
              name,
              labels: { size: name },
              annotations: {
                'kubectl.kubernetes.io/last-applied-configuration': '{"was":"applied"}',
                'example.org/kept': 'yes',
              },
            },
            spec,
          },
        })
        // A kind that was defined just now is not served by every part of the server yet.
        .catch((error: unknown) => (isMissing(error) ? null : Promise.reject(error as Error))),
    )
  for (const namespace of [one, two])
    await admin.json({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: namespace } } })
  await widget(one, 'first', { size: 3, ready: true, since: '1990-05-01T00:00:00Z', owner: 'ada' })
  await widget(one, 'hostile', { size: 9_007_199_254_740_991, ready: false, note: hostile, owner: hostile })
  await widget(two, 'third', {})
}

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'not_found'

export async function createCustomScene(admin: KubeClient): Promise<CustomScene> {
  const mark = crypto.randomBytes(4).toString('hex')
  const group = `x${mark}.example.org`
  const shortName = `w${mark}`
  const namespaces = [`custom-a-${mark}`, `custom-b-${mark}`] as const
  const version = { served: true, storage: false, schema }
  await define(admin, group, {
    kind: 'Widget',
    plural: 'widgets',
    scope: 'Namespaced',
    shortNames: [shortName],
    versions: [
      { ...version, name: 'v1alpha1' },
      { ...version, name: 'v1', storage: true, additionalPrinterColumns: columns },
    ],
  })
  await define(admin, group, {
    kind: 'Gadget',
    plural: 'gadgets',
    scope: 'Cluster',
    versions: [{ ...version, name: 'v1beta1', storage: true }],
  })
  await plantWidgets(admin, group, namespaces)
  const roles: string[] = []
  return {
    group,
    shortName,
    namespaces,
    async allow(plural, label) {
      const name = `view-${plural}-${mark}`
      roles.push(name)
      await admin.json({
        method: 'POST',
        path: resourcePath(rbac, 'clusterroles'),
        body: {
          metadata: { name, labels: { [label]: 'true' } },
          rules: [{ apiGroups: [group], resources: [plural], verbs: ['get', 'list'] }],
        },
      })
    },
    async close() {
      for (const name of roles) await deleteObject(admin, { apiVersion: rbac, kind: 'ClusterRole', name })
      for (const plural of ['widgets', 'gadgets'])
        await deleteObject(admin, { ...definitions, name: `${plural}.${group}` })
      for (const name of namespaces) await deleteObject(admin, { apiVersion: 'v1', kind: 'Namespace', name })
    },
  }
}
