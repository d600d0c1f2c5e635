import { getObject, listObjects } from '@fairlead/kube/objects'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { valueAt } from '../manifest/pod-template'
import type { Scene } from './scene'

/** The state of the cluster that tests assert on. */
export function worldOf(scene: Scene) {
  const live = (name = 'web', namespace = scene.namespace): Promise<KubeObject | null> =>
    getObject(scene.client, { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name })
  return {
    live,
    configMap: (name: string, namespace = scene.namespace): Promise<KubeObject | null> =>
      getObject(scene.client, { apiVersion: 'v1', kind: 'ConfigMap', namespace, name }),
    secret: (name: string): Promise<KubeObject | null> =>
      getObject(scene.client, { apiVersion: 'v1', kind: 'Secret', namespace: scene.namespace, name }),
    imageOf: async (namespace = scene.namespace): Promise<unknown> =>
      valueAt(await live('web', namespace), ['spec', 'template', 'spec', 'containers', '0', 'image']),
    pausedOf: async (): Promise<unknown> => valueAt(await live(), ['spec', 'paused']),
    /** The scheduler has said of a pod that no node takes it. */
    isUnschedulable: async (namespace = scene.namespace): Promise<boolean> =>
      JSON.stringify(
        await listObjects(scene.client, { apiVersion: 'v1', kind: 'Pod' }, { namespace }),
      ).includes('"reason":"Unschedulable"'),
    replicaSets: async (namespace = scene.namespace): Promise<number> =>
      (await listObjects(scene.client, { apiVersion: 'apps/v1', kind: 'ReplicaSet' }, { namespace })).length,
  }
}
export type World = ReturnType<typeof worldOf>
