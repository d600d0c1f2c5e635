import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { planNetwork } from './network-plan'
import { tryCommand } from './run-command'

/** Whether nothing on this machine, ours or not, uses the ports, ranges and names of `index`. */
export async function isIndexFree(index: number): Promise<boolean> {
  const plan = planNetwork('probe', index, 1)
  if (existsSync(`/sys/class/net/${plan.bridge}`) || existsSync(plan.runDir)) return false
  if (existsSync(`/run/netns/${plan.nodes[0]?.netns}`)) return false
  for (const port of Object.values(plan.ports)) if (!(await isPortFree(port))) return false
  const routes = await tryCommand('ip', ['-j', 'route', 'show', 'table', 'all']).catch(() => undefined)
  if (!routes || routes.code !== 0) return true
  const used = destinations(routes.stdout)
  const ours = [plan.nodeCidr, plan.podCidr, plan.serviceCidr]
  return !used.some((cidr) => ours.some((own) => overlaps(own, cidr)))
}

function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '0.0.0.0', exclusive: true }, () => server.close(() => resolve(true)))
  })
}

function destinations(json: string): string[] {
  const value: unknown = JSON.parse(json || '[]')
  if (!Array.isArray(value)) return []
  return value.flatMap((route: unknown) => {
    const dst = (route as { dst?: unknown } | null)?.dst
    return typeof dst === 'string' && /^\d+\./.test(dst) ? [dst] : []
  })
}

export function overlaps(a: string, b: string): boolean {
  const [first, second] = [parseCidr(a), parseCidr(b)]
  // The default route, and the whole 10.0.0.0/8 that some VPNs claim, are less specific than ours: ours win.
  if (second.bits <= 8) return false
  const bits = Math.min(first.bits, second.bits)
  const shift = 2 ** (32 - bits)
  return Math.floor(first.address / shift) === Math.floor(second.address / shift)
}

function parseCidr(cidr: string): { address: number; bits: number } {
  const [address = '', bits = '32'] = cidr.split('/')
  return {
    address: address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0),
    bits: Number(bits),
  }
}
