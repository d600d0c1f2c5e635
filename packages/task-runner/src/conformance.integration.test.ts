import { deleteObject } from '@fairlead/kube/objects'
import { taskRunnerConformance } from '@fairlead/testkit/task-runner/conformance'
import { openNodeCluster } from '@fairlead/testkit/task-runner/node-cluster'
import { vi } from 'vitest'
import { createKubernetesTaskRunner } from './kubernetes-task-runner'
import { clientFrom, newNamespace, program } from './testing/kube-fixture'

vi.setConfig({ testTimeout: 300_000 })

taskRunnerConformance('Kubernetes Jobs', async () => {
  const cluster = await openNodeCluster()
  const client = clientFrom(cluster.consoleKubeconfig)
  const admin = clientFrom(cluster.adminKubeconfig)
  const namespace = await newNamespace(admin, 'conformance')
  return {
    runner: createKubernetesTaskRunner({ clientOf: async () => client, owner: namespace, graceSeconds: 3 }),
    cluster: 'tasks',
    namespace,
    patienceMs: 150_000,
    program,
    vanish: async (name) =>
      void (await deleteObject(admin, { apiVersion: 'batch/v1', kind: 'Job', namespace, name })),
    async close() {
      await deleteObject(admin, { apiVersion: 'v1', kind: 'Namespace', name: namespace })
      client.close()
      admin.close()
      await cluster.close()
    },
  }
})
