import { join } from 'node:path'
import { binaryPath } from './binaries'
import type { ComponentName, ComponentStatus } from './cluster-types'
import {
  apiserverCommand,
  controllerManagerCommand,
  etcdCommand,
  kwokCommand,
  schedulerCommand,
  type ClusterContext,
  type ComponentCommand,
} from './control-plane'
import { runningPid, type ProcessSpec } from './detached-process'
import type { NodePlan } from './network-plan'
import { nodePaths } from './node-config'

export interface Component {
  readonly name: ComponentName
  readonly node: NodePlan | undefined
  readonly process: ProcessSpec
}

/** Every process of a cluster, in the order in which they start. */
export function clusterComponents(context: ClusterContext, cacheDir: string): Component[] {
  const control = [etcdCommand, apiserverCommand, controllerManagerCommand, schedulerCommand]
  if (context.record.nodes === 'simulated') control.push(kwokCommand)
  const plane = control.map((command) => controlComponent(context, cacheDir, command(context)))
  return [...plane, ...context.plan.nodes.flatMap((node) => nodeComponents(context, cacheDir, node))]
}

// They end themselves when they can't renew their lease, for instance while the API server is stopped.
const LEASE_HOLDERS: readonly ComponentName[] = ['controller-manager', 'scheduler', 'kwok']

function controlComponent(context: ClusterContext, cacheDir: string, command: ComponentCommand): Component {
  return {
    name: command.component,
    node: undefined,
    process: {
      command: binaryPath(cacheDir, command.binary),
      args: command.args,
      restarts: LEASE_HOLDERS.includes(command.component),
      ...files(context, command.component),
    },
  }
}

function nodeComponents(context: ClusterContext, cacheDir: string, node: NodePlan): Component[] {
  const paths = nodePaths(context, node)
  const at = (name: ComponentName, command: string, args: readonly string[]): Component => ({
    name,
    node,
    process: {
      // Not `ip netns exec`, which remounts /sys and so hides the cgroups from the kubelet.
      command: 'nsenter',
      args: [`--net=/run/netns/${node.netns}`, '--', command, ...args],
      ...files(context, `${name}-${node.ordinal}`),
    },
  })
  return [
    at('containerd', 'containerd', ['--config', join(paths.root, 'containerd.toml')]),
    at('kubelet', binaryPath(cacheDir, 'kubelet'), [
      `--config=${join(paths.root, 'kubelet.json')}`,
      `--kubeconfig=${join(context.paths.config, `kubelet-${node.ordinal}.kubeconfig`)}`,
      `--hostname-override=${node.name}`,
      `--root-dir=${paths.kubeletRoot}`,
      `--node-ip=${node.address}`,
      `--node-labels=topology.kubernetes.io/region=local,topology.kubernetes.io/zone=local-${node.ordinal}`,
    ]),
    at('proxy', binaryPath(cacheDir, 'kube-proxy'), [`--config=${join(paths.root, 'proxy.json')}`]),
  ]
}

const files = ({ paths }: ClusterContext, name: string) => ({
  cwd: paths.root,
  logFile: join(paths.logs, `${name}.log`),
  pidFile: join(paths.pids, `${name}.json`),
})

export function componentStatus({ name, node, process }: Component): ComponentStatus {
  const pid = runningPid(process.pidFile)
  return { name, running: pid !== undefined, pid, node: node?.name }
}
