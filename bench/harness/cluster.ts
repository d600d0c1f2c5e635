import { createDevclusters } from '@fairlead/devcluster/devcluster'
import { connect } from '@fairlead/kube/connection'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { parseKubeconfig } from '@fairlead/kube/kubeconfig-import'
import { getObject, listObjects } from '@fairlead/kube/objects'
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { until } from './wait'

export function clientOf(kubeconfigFile: string): KubeClient {
  const text = fs.readFileSync(kubeconfigFile, 'utf8')
  return connect(parseKubeconfig(text, { development: true }), { allow: { cidrs: ['127.0.0.0/8'] } })
}

export interface KubectlRun {
  /** Wall clock from before the process was started until it had ended. */
  readonly ms: number
  readonly code: number
  readonly stderr: string
}
/** Runs one kubectl; its output is thrown away. */
export type Kubectl = (args: readonly string[], input?: string) => Promise<KubectlRun>

export async function kubectlFor(kubeconfigFile: string, clustersHome: string): Promise<Kubectl> {
  const binary = await createDevclusters({ home: clustersHome }).kubectl()
  return async (args, input) => {
    const startedAt = performance.now()
    const child = spawn(binary, ['--kubeconfig', kubeconfigFile, ...args], {
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    let stderr = ''
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
    child.stdin.end(input ?? '')
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (status) => resolve(status ?? 1))
    })
    return { ms: performance.now() - startedAt, code, stderr }
  }
}

export async function ensureNamespace(client: KubeClient, name: string): Promise<void> {
  const ref = { apiVersion: 'v1', kind: 'Namespace', name }
  if ((await getObject(client, ref)) !== null) return
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }
  await client.request({ method: 'POST', path: '/api/v1/namespaces', body })
}

/** Until no pod of these namespaces is still ending: the next measurement must not share its machine with them. */
export async function untilSettled(client: KubeClient, namespaces: readonly string[]): Promise<void> {
  for (const namespace of namespaces)
    await until({ what: `calm in ${namespace}`, timeoutMs: 60_000, everyMs: 500 }, async () => {
      const pods = await listObjects(client, { apiVersion: 'v1', kind: 'Pod' }, { namespace })
      return pods.some(({ metadata }) => metadata.deletionTimestamp !== undefined) ? undefined : true
    })
}
