import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { AttemptStart, TaskSpec } from '@fairlead/contracts/task-runner'
import { applyObject } from '@fairlead/kube/apply'
import { connect } from '@fairlead/kube/connection'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { parseKubeconfig } from '@fairlead/kube/kubeconfig-import'
import type { ConformanceHarness, Program } from '@fairlead/testkit/task-runner/conformance'

// What the tests of this room share: programs as shell scripts, attempts, clients.

const image = 'localhost/busybox:1'
const wait = 'trap "exit 143" TERM; while true; do sleep 0.1; done'
const scripts: Readonly<Record<Program, string>> = {
  succeed: 'true',
  fail: 'exit 3',
  output: `printf '{"rows": 3}\\n' > "$FAIRLEAD_OUTPUT"`,
  outputThenFail: 'printf half > "$FAIRLEAD_OUTPUT"; exit 3',
  log: 'echo one; echo two; echo three',
  endless: `echo begun; ${wait}`,
}

export const shell = (script: string): Pick<TaskSpec, 'image' | 'command' | 'args'> => ({
  image,
  command: ['sh', '-c', script],
  args: [],
})
export const program: ConformanceHarness['program'] = (name) => shell(scripts[name])

export function attemptOf(spec: Partial<TaskSpec>, change: Partial<AttemptStart> = {}): AttemptStart {
  const id = randomBytes(10).toString('hex')
  return {
    key: `fl-test-${id}`,
    run: `run-${id}`,
    project: 'project',
    workflow: 'nightly',
    task: 'load',
    index: 0,
    attempt: 1,
    token: id,
    specHash: `hash-${id}`,
    spec: {
      namespace: 'tasks',
      image,
      command: [],
      args: [],
      env: {},
      resources: { requests: {}, limits: {} },
      serviceAccount: null,
      podTemplate: null,
      ...spec,
    },
    ...change,
  }
}

export const clientFrom = (kubeconfig: string): KubeClient =>
  connect(parseKubeconfig(readFileSync(kubeconfig, 'utf8'), { development: true, fileName: kubeconfig }), {
    allow: { cidrs: ['127.0.0.0/8', '::1/128'] },
  })

export async function newNamespace(client: KubeClient, prefix: string): Promise<string> {
  const name = `${prefix}-${randomBytes(4).toString('hex')}`
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }
  await applyObject(client, object, { fieldManager: 'fairlead-test' })
  return name
}
