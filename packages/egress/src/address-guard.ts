/**
 * Where the server may dial on behalf of people: cluster endpoints (kube) and webhooks (workflow). The ranges stand
 * here once, since a range that one caller forgets is a way into our own network.
 */
import type { LookupAddress } from 'node:dns'
import { lookup as dnsLookup } from 'node:dns/promises'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { FairleadError } from '@fairlead/contracts/errors'

type Range = readonly [name: string, ...cidrs: string[]]

const neverAllowed: readonly Range[] = [
  ['the unspecified address', '0.0.0.0/8', '::/128'],
  ['a link-local address, where cloud metadata lives', '169.254.0.0/16', 'fe80::/10'],
  ['a cloud metadata address', 'fd00:ec2::254/128', '100.100.100.200/32', '192.0.0.192/32'],
  ['a multicast or reserved address', '224.0.0.0/4', '240.0.0.0/4', 'ff00::/8'],
  [
    'an IPv6 form of an IPv4 address',
    '::ffff:0:0/96',
    '::/96',
    '64:ff9b::/96',
    '64:ff9b:1::/48',
    '2002::/16',
    '2001::/32',
  ],
]
const allowedByAdministrator: readonly Range[] = [
  ['a loopback address', '127.0.0.0/8', '::1/128'],
  [
    'a private address',
    '10.0.0.0/8',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '100.64.0.0/10',
    'fc00::/7',
    'fec0::/10',
  ],
  [
    'a special-purpose address',
    '192.0.0.0/24',
    '198.18.0.0/15',
    '192.0.2.0/24',
    '198.51.100.0/24',
    '203.0.113.0/24',
  ],
]

/** Lists per family: one BlockList for both would match every IPv4 address against `::ffff:0:0/96`. */
function rangeList(cidrs: readonly string[]) {
  const lists = { 4: new BlockList(), 6: new BlockList() }
  for (const cidr of cidrs) {
    const [address = '', prefix = ''] = cidr.split('/')
    const family = isIP(address)
    const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1
    if ((family !== 4 && family !== 6) || bits < 0 || bits > (family === 4 ? 32 : 128))
      throw new FairleadError('invalid', `"${cidr}" in the allow-list is not a CIDR range`, {
        path: 'allow',
        found: cidr,
        expected: '10.0.0.0/8',
      })
    lists[family].addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6')
  }
  return (address: string, family: 4 | 6) => lists[family].check(address, family === 4 ? 'ipv4' : 'ipv6')
}
const compile = (ranges: readonly Range[]) =>
  ranges.map(([name, ...cidrs]) => ({ name, contains: rangeList(cidrs) }))
const never = compile(neverAllowed)
const gated = compile(allowedByAdministrator)

export interface AddressGuard {
  /** Why `address` may not be dialled; null when it may. Pure. */
  refusalOf(address: string): string | null
  /** A literal address never reaches `lookup`: check it before dialling. Throws the caller's refusal. */
  assertLiteral(host: string): void
  /** Resolves once and checks every answer. Throws the caller's refusal, or a DNS error. */
  resolve(host: string): Promise<LookupAddress[]>
  /** For sockets: what was checked is what is dialled, so a second DNS answer can't change it. */
  readonly lookup: LookupFunction
}

/** How a caller words its refusal. */
export type Refuse = (host: string, address: string, refusal: string) => Error

/** `allow`: private and loopback ranges (CIDR) that the administrator allows; link-local and multicast never are. */
export function addressGuard(allow: readonly string[], refuse: Refuse): AddressGuard {
  const allowed = rangeList(allow)
  const refusalOf = (address: string): string | null => {
    const family = isIP(address)
    if (family !== 4 && family !== 6) return 'not an IP address'
    // ::1 is inside ::/96, the old IPv4-compatible form.
    const refused = address === '::1' ? undefined : never.find(({ contains }) => contains(address, family))
    if (refused !== undefined) return refused.name
    const gate = gated.find(({ contains }) => contains(address, family))
    return gate === undefined || allowed(address, family) ? null : gate.name
  }
  const assertAllowed = (host: string, address: string) => {
    const refusal = refusalOf(address)
    if (refusal !== null) throw refuse(host, address, refusal)
  }
  const resolve = async (host: string) => {
    const found = await dnsLookup(host, { all: true, verbatim: true })
    // Every address must pass: a name with one good and one bad address is how rebinding starts.
    for (const { address } of found) assertAllowed(host, address)
    return found
  }
  return {
    refusalOf,
    assertLiteral: (host) => {
      if (isIP(host) !== 0) assertAllowed(host, host)
    },
    resolve,
    lookup: (host, options, callback) => {
      resolve(host).then(
        (found) => {
          const [first] = found
          if (options.all === true) callback(null, found)
          else if (first !== undefined) callback(null, first.address, first.family)
          else callback(Object.assign(new Error(`No address for ${host}`), { code: 'ENOTFOUND' }), '')
        },
        (error: NodeJS.ErrnoException) => callback(error, ''),
      )
    },
  }
}

/** `[::1]` → `::1`. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1')
