import { existsSync } from 'node:fs'
import type { NetworkPlan, NodePlan } from './network-plan'
import { runCommand, tryCommand } from './run-command'

// Worse than every real route, so that it decides only when the cluster's own route is gone.
const LAST_RESORT = '4000000000'

/** Packets for these ranges end here whenever no route to a running cluster exists: they never leave the machine. */
export async function blackholeRanges(plan: NetworkPlan): Promise<void> {
  for (const cidr of ranges(plan)) {
    await runCommand('ip', ['route', 'replace', 'blackhole', cidr, 'metric', LAST_RESORT])
  }
}

export async function removeBlackholes(plan: NetworkPlan): Promise<void> {
  for (const cidr of ranges(plan))
    await tryCommand('ip', ['route', 'del', 'blackhole', cidr, 'metric', LAST_RESORT])
}

const ranges = (plan: NetworkPlan) => [plan.nodeCidr, plan.podCidr, plan.serviceCidr]

/** A bridge on the host, one network namespace per node on it, routes to pods and Services through the nodes. */
export async function ensureNetwork(plan: NetworkPlan): Promise<void> {
  await blackholeRanges(plan)
  if (!linkExists(plan.bridge)) await runCommand('ip', ['link', 'add', plan.bridge, 'type', 'bridge'])
  await runCommand('ip', ['addr', 'replace', `${plan.hostAddress}/24`, 'dev', plan.bridge])
  await runCommand('ip', ['link', 'set', plan.bridge, 'up'])
  await hideApiserver(plan)
  for (const node of plan.nodes) await ensureNode(plan, node)
  for (const node of plan.nodes) {
    await runCommand('ip', ['route', 'replace', node.podCidr, 'via', node.address])
    for (const other of plan.nodes) {
      if (other !== node) await inNode(node, ['route', 'replace', other.podCidr, 'via', other.address])
    }
  }
  const [first] = plan.nodes
  if (first) await runCommand('ip', ['route', 'replace', plan.serviceCidr, 'via', first.address])
}

/** It has to listen on every address; from beyond this machine and its own nodes, it is not there. */
async function hideApiserver(plan: NetworkPlan): Promise<void> {
  const table = tableOf(plan)
  // Naming a table creates it, so that it can be deleted: the whole is one transaction, whatever was there before.
  const rules = `
    table ${table}
    delete table ${table}
    table ${table} {
      chain input {
        type filter hook input priority -10
        tcp dport ${plan.ports.apiserver} iifname != { "lo", "${plan.bridge}" } drop
      }
    }`
  await runCommand('nft', ['-f', '-'], { input: rules })
}

const tableOf = ({ bridge }: NetworkPlan) => `inet fairlead_${bridge}`

async function ensureNode(plan: NetworkPlan, node: NodePlan): Promise<void> {
  if (!linkExists(node.veth)) {
    // A namespace without its cable is left over from a crash or a reboot.
    await tryCommand('ip', ['netns', 'del', node.netns])
    await runCommand('ip', ['netns', 'add', node.netns])
    await runCommand('ip', [
      'link',
      'add',
      node.veth,
      'type',
      'veth',
      'peer',
      'name',
      'eth0',
      'netns',
      node.netns,
    ])
  }
  await runCommand('ip', ['link', 'set', node.veth, 'master', plan.bridge, 'up'])
  await inNode(node, ['addr', 'replace', `${node.address}/24`, 'dev', 'eth0'])
  await inNode(node, ['link', 'set', 'eth0', 'up'])
  await inNode(node, ['link', 'set', 'lo', 'up'])
  // No default route: what a pod sends elsewhere is refused on the node. Services need a route to be translated at all.
  await inNode(node, ['route', 'replace', plan.serviceCidr, 'via', plan.hostAddress])
  const settings = [
    'net.ipv4.ip_forward=1',
    'net.ipv4.conf.all.route_localnet=1',
    'net.ipv4.conf.all.rp_filter=0',
  ]
  await runCommand('nsenter', [`--net=/run/netns/${node.netns}`, 'sysctl', '-qw', ...settings])
}

export async function removeNetwork(plan: NetworkPlan): Promise<void> {
  for (const node of plan.nodes) {
    await tryCommand('ip', ['link', 'del', node.veth])
    await tryCommand('ip', ['netns', 'del', node.netns])
  }
  await tryCommand('ip', ['link', 'del', plan.bridge])
  await tryCommand('nft', [`delete table ${tableOf(plan)}`])
}

const inNode = (node: NodePlan, args: readonly string[]) => runCommand('ip', ['-n', node.netns, ...args])

const linkExists = (name: string) => existsSync(`/sys/class/net/${name}`)
