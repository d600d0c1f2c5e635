import { createDevclusters } from '@fairlead/devcluster/devcluster'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { World } from './world'

const run = promisify(execFile)

async function commandOf(world: World, cluster: string): Promise<[string, readonly string[]]> {
  const binary = await createDevclusters({ home: world.stack.clusters }).kubectl()
  const kubeconfig = world.stack.kubeconfigs[cluster]?.admin
  if (kubeconfig === undefined) throw new Error(`The stack has no cluster ${cluster}.`)
  return [binary, ['--kubeconfig', kubeconfig]]
}

/** kubectl with an administrator's rights: what happens in a cluster behind Fairlead's back. Its output. */
export async function kubectl(world: World, cluster: string, ...args: readonly string[]): Promise<string> {
  const [binary, first] = await commandOf(world, cluster)
  const { stdout } = await run(binary, [...first, ...args], { maxBuffer: 64 * 1024 * 1024 })
  return stdout
}

/** The same for manifests, which it reads from its standard input. */
export async function kubectlApply(world: World, cluster: string, manifests: string): Promise<void> {
  const [binary, first] = await commandOf(world, cluster)
  const applied = run(binary, [...first, 'apply', '-f', '-'])
  applied.child.stdin?.end(manifests)
  await applied
}

/** The image of the first container of a Deployment. */
export const imageOf = (
  world: World,
  cluster: string,
  { namespace, deployment }: { readonly namespace: string; readonly deployment: string },
): Promise<string> =>
  kubectl(
    world,
    cluster,
    'get',
    `deploy/${deployment}`,
    `--namespace=${namespace}`,
    '--output=jsonpath={.spec.template.spec.containers[0].image}',
  )
