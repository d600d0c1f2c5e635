import type { KubeClient } from '@fairlead/kube/kube-client'
import type { SchedulerCluster } from '@fairlead/testkit/scheduler-cluster'
import { z } from 'zod'
import { namespace } from './pod-shape'

const rbac = 'rbac.authorization.k8s.io'
const name = 'narrow'
const tokenSchema = z.object({ status: z.object({ token: z.string() }) })

const bindings = (kind: 'Role' | 'ClusterRole') => ({
  roleRef: { apiGroup: rbac, kind, name },
  subjects: [{ kind: 'ServiceAccount', name, namespace }],
})

/** A credential that sees pods and events of the cases' namespace, and of the cluster hardly more than who it is. */
export async function narrowKubeconfig(admin: KubeClient, cluster: SchedulerCluster): Promise<string> {
  const create = (path: string, body: object) => admin.json({ method: 'POST', path, body })
  const roles = `/apis/${rbac}/v1`
  const own = `${roles}/namespaces/${namespace}`
  await create(`/api/v1/namespaces/${namespace}/serviceaccounts`, { metadata: { name } })
  await create(`${roles}/clusterroles`, {
    metadata: { name },
    rules: [{ apiGroups: [''], resources: ['namespaces'], verbs: ['get'] }],
  })
  await create(`${roles}/clusterrolebindings`, { metadata: { name }, ...bindings('ClusterRole') })
  await create(`${own}/roles`, {
    metadata: { name },
    rules: [{ apiGroups: [''], resources: ['pods', 'events'], verbs: ['get', 'list'] }],
  })
  await create(`${own}/rolebindings`, { metadata: { name }, ...bindings('Role') })
  const answer = await create(`/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: {},
  })
  const { token } = tokenSchema.parse(answer).status
  return cluster.consoleKubeconfig.replace(
    /"?token"?: .*$/m,
    (line) => `${line.slice(0, line.indexOf(':'))}: ${token}`,
  )
}
