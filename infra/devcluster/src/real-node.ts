import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cgroupPids, ensureCgroup, removeCgroup } from './cgroups'
import type { ClusterContext } from './control-plane'
import { kill, processStartTime } from './detached-process'
import { mountsBelow, unmountBelow } from './mounts'
import type { NodePlan } from './network-plan'
import {
  nodePaths,
  renderCniConfig,
  renderContainerdConfig,
  renderKubeletConfig,
  renderProxyConfig,
} from './node-config'
import { runCommand } from './run-command'

const POD_GRACE_MS = 2_000

export function writeNodeFiles(context: ClusterContext, node: NodePlan): void {
  const paths = nodePaths(context, node)
  for (const dir of [paths.root, paths.kubelet, paths.podLogs, paths.cni, paths.ipam, paths.containerd]) {
    mkdirSync(dir, { recursive: true })
  }
  mkdirSync(node.runDir, { recursive: true, mode: 0o700 })
  writeFileSync(join(paths.root, 'containerd.toml'), renderContainerdConfig(paths))
  writeFileSync(join(paths.cni, '10-pods.conflist'), renderCniConfig(paths, node))
  writeFileSync(join(paths.root, 'kubelet.json'), renderKubeletConfig(context, node))
  writeFileSync(join(paths.root, 'proxy.json'), renderProxyConfig(context, node))
  ensureCgroup(node.cgroup)
}

/**
 * A kubelet listens on sockets below its root folder (device-plugins/kubelet.sock), whose paths may take 107 bytes: it
 * gets the folder by a short path, wherever the cluster's own folder lies. A mount, since a kubelet finds its volumes'
 * mounts by their paths, which a link would hide.
 */
export async function bindKubeletRoot(context: ClusterContext, node: NodePlan): Promise<void> {
  const { kubelet, kubeletRoot } = nodePaths(context, node)
  mkdirSync(kubeletRoot, { recursive: true, mode: 0o700 })
  if (!mountsBelow(kubeletRoot).includes(kubeletRoot))
    await runCommand('mount', ['--bind', kubelet, kubeletRoot])
}

/** After kubelet and containerd are gone: ends the node's pods and shims, then removes their mounts and addresses. */
export async function clearNode(context: ClusterContext, node: NodePlan): Promise<void> {
  const paths = nodePaths(context, node)
  await endProcesses(() => cgroupPids(node.cgroup))
  await endProcesses(() => shimPids(paths.containerdSocket), 0)
  for (const socket of shimSockets(paths.containerdState)) rmSync(socket, { force: true })
  await unmountBelow(node.runDir)
  await unmountBelow(paths.root)
  rmSync(node.runDir, { recursive: true, force: true })
  rmSync(paths.ipam, { recursive: true, force: true })
  removeContainerLogLinks(paths.podLogs)
  removeCgroup(node.cgroup)
}

async function endProcesses(list: () => number[], graceMs = POD_GRACE_MS): Promise<void> {
  if (graceMs > 0) for (const pid of list()) kill(pid, 'SIGTERM')
  const deadline = Date.now() + graceMs
  while (alive(list()).length > 0 && Date.now() < deadline) await sleep(50)
  for (let attempt = 0; attempt < 100 && alive(list()).length > 0; attempt++) {
    for (const pid of list()) kill(pid, 'SIGKILL')
    await sleep(50)
  }
}

const alive = (pids: number[]) => pids.filter((pid) => processStartTime(pid) !== undefined)

/** Shims outlive containerd by design; each names its containerd's socket among its arguments. */
function shimPids(containerdSocket: string): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      const args = readText(`/proc/${pid}/cmdline`).split('\0')
      return (args[0] ?? '').includes('containerd-shim') && args.includes(containerdSocket)
    })
}

/** Killed shims leave their sockets in a folder that all of the machine's containerds share. */
function shimSockets(stateDir: string): string[] {
  const tasks = join(stateDir, 'io.containerd.runtime.v2.task', 'k8s.io')
  if (!existsSync(tasks)) return []
  return readdirSync(tasks).flatMap((id) => {
    const address = readText(join(tasks, id, 'address')).replace('unix://', '')
    return address.startsWith('/run/containerd/s/') ? [address] : []
  })
}

// The kubelet links each log from this fixed folder, whatever podLogsDir says.
function removeContainerLogLinks(podLogs: string): void {
  const folder = '/var/log/containers'
  if (!existsSync(folder)) return
  for (const entry of readdirSync(folder)) {
    const link = join(folder, entry)
    try {
      if (readlinkSync(link).startsWith(`${podLogs}/`)) rmSync(link, { force: true })
    } catch {
      // Not a link, or gone: not ours.
    }
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
