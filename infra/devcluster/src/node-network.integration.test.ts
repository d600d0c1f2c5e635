import net from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planNetwork } from './network-plan'
import { ensureNetwork, removeBlackholes, removeNetwork } from './node-network'
import { runCommand, tryCommand } from './run-command'

// The last index of root's: the clusters of this machine begin at the first.
const plan = planNetwork('guarded', 39, 1)
const [node] = plan.nodes
const port = plan.ports.apiserver
const outside = { netns: 'fl-test-outside', link: 'fltestout', host: '198.51.100.1', address: '198.51.100.2' }
const server = net.createServer((socket) => socket.end())

/** A packet that is dropped is never answered: two seconds tell. Where an answer is expected, it is asked for again. */
const connectsFrom = async (netns: string | undefined, address: string): Promise<boolean> => {
  const attempt = `exec 3<>/dev/tcp/${address}/${port}`
  const into = netns === undefined ? [] : ['ip', 'netns', 'exec', netns]
  return (await tryCommand('env', [...into, 'timeout', '2', 'bash', '-c', attempt])).code === 0
}
const isReached = (netns: string | undefined, address: string): Promise<void> =>
  expect.poll(() => connectsFrom(netns, address), { timeout: 60_000 }).toBe(true)

describe.skipIf(process.getuid?.() !== 0)('the API server of a cluster with real nodes', () => {
  beforeAll(async () => {
    await ensureNetwork(plan)
    await ensureNetwork(plan)
    await runCommand('ip', ['netns', 'add', outside.netns])
    const peer = ['type', 'veth', 'peer', 'name', 'eth0', 'netns', outside.netns]
    await runCommand('ip', ['link', 'add', outside.link, ...peer])
    await runCommand('ip', ['addr', 'add', `${outside.host}/30`, 'dev', outside.link])
    await runCommand('ip', ['link', 'set', outside.link, 'up'])
    await runCommand('ip', ['-n', outside.netns, 'addr', 'add', `${outside.address}/30`, 'dev', 'eth0'])
    await runCommand('ip', ['-n', outside.netns, 'link', 'set', 'eth0', 'up'])
    await runCommand('ip', ['-n', outside.netns, 'route', 'add', 'default', 'via', outside.host])
    await new Promise<void>((resolve) => server.listen(port, '0.0.0.0', resolve))
  })

  afterAll(async () => {
    server.close()
    await tryCommand('ip', ['link', 'del', outside.link])
    await tryCommand('ip', ['netns', 'del', outside.netns])
    await removeNetwork(plan)
    await removeBlackholes(plan)
  })

  it('is reached from the machine and from its nodes', async () => {
    await isReached(undefined, '127.0.0.1')
    await isReached(undefined, plan.hostAddress)
    await isReached(node?.netns, plan.hostAddress)
  })

  it('is not reached from beyond the machine, by whichever of its addresses', async () => {
    expect(await connectsFrom(outside.netns, outside.host)).toBe(false)
    expect(await connectsFrom(outside.netns, plan.hostAddress)).toBe(false)
  })

  it('leaves no rule behind', async () => {
    await removeNetwork(plan)
    const { stdout } = await tryCommand('nft', ['list', 'tables'])
    expect(stdout).not.toContain(plan.bridge)
    await isReached(outside.netns, outside.host)
  })
})
