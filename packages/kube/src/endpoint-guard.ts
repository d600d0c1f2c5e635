import { lookup as dnsLookup } from 'node:dns/promises'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { FairleadError } from '@fairlead/contracts/errors'

/** Private and loopback ranges (CIDR) that the administrator allows; link-local and multicast never are. */
export interface EndpointAllowance {
  readonly cidrs: readonly string[]
}

export interface Endpoint {
  readonly host: string
  readonly port: number
  readonly address: string
  readonly family: 4 | 6
}

type Range = readonly [name: string, ...cidrs: string[]]

const neverAllowed: readonly Range[] = [
  ['the unspecified address', '0.0.0.0/8', '::/128'],
  ['a link-local address, where cloud metadata lives', '169.254.0.0/16', 'fe80::/10'],
  ['a cloud metadata address', 'fd00:ec2::254/128', '100.100.100.200/32'],
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

/** Why `address` may not be dialled; null when it may. Pure. */
export function refusalOf(address: string, allow: EndpointAllowance): string | null {
  const family = isIP(address)
  if (family !== 4 && family !== 6) return 'not an IP address'
  const gate = gated.find(({ contains }) => contains(address, family))
  // ::1 is inside ::/96, the old IPv4-compatible form.
  const refused = address === '::1' ? undefined : never.find(({ contains }) => contains(address, family))
  if (refused !== undefined) return refused.name
  if (gate === undefined || rangeList(allow.cidrs)(address, family)) return null
  return gate.name
}

function assertAllowed(host: string, address: string, allow: EndpointAllowance): void {
  const refusal = refusalOf(address, allow)
  if (refusal === null) return
  throw new FairleadError(
    'forbidden',
    `The server ${host} is ${refusal} (${address}), which Fairlead does not connect to`,
    {
      path: 'server',
      found: address,
      expected: 'a public address, or one in a range that the administrator allows',
      remedy:
        'Ask the administrator to add the range to the allow-list of cluster endpoints; link-local and multicast ranges are never allowed.',
    },
  )
}

/** https, and nothing in it that could carry a secret or mislead. Throws `invalid`. */
export function parseServer(server: string): URL {
  const invalid = (message: string, expected: string) =>
    new FairleadError('invalid', message, { path: 'server', found: server.slice(0, 200), expected })
  const expected = 'https://host:port'
  const url = URL.canParse(server) ? new URL(server) : null
  if (url === null) throw invalid('The server address is not a URL', expected)
  if (url.protocol !== 'https:')
    throw invalid(`The server address must use https, not ${url.protocol.slice(0, -1)}`, expected)
  if (url.username !== '' || url.password !== '')
    throw new FairleadError('invalid', 'The server address contains user information', {
      path: 'server',
      expected,
    })
  if (url.search !== '' || server.includes('?'))
    throw invalid('The server address contains a query', expected)
  if (url.hash !== '' || server.includes('#'))
    throw invalid('The server address contains a fragment', expected)
  if (url.hostname === '') throw invalid('The server address has no host', expected)
  return url
}

/** `[::1]` → `::1`. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1')

async function checkedAddresses(host: string, allow: EndpointAllowance) {
  const found = await dnsLookup(host, { all: true, verbatim: true })
  // Every address must pass: a name with one good and one bad address is how rebinding starts.
  for (const { address } of found) assertAllowed(host, address, allow)
  return found
}

/** Resolves once and checks. Throws `invalid`, `forbidden` (an address that is not allowed) or a DNS error. */
export async function resolveEndpoint(server: string, allow: EndpointAllowance): Promise<Endpoint> {
  const url = parseServer(server)
  const host = hostOf(url)
  const [first] = await checkedAddresses(host, allow)
  if (first === undefined) throw Object.assign(new Error(`No address for ${host}`), { code: 'ENOTFOUND' })
  const port = url.port === '' ? 443 : Number(url.port)
  return { host, port, address: first.address, family: first.family === 6 ? 6 : 4 }
}

/** A literal address never reaches `lookup`: check it before dialling. */
export function assertLiteralAllowed(host: string, allow: EndpointAllowance): void {
  if (isIP(host) !== 0) assertAllowed(host, host, allow)
}

/** For sockets: what was checked is what is dialled, so a second DNS answer cannot change it. */
export const guardedLookup =
  (allow: EndpointAllowance): LookupFunction =>
  (host, options, callback) => {
    checkedAddresses(host, allow).then(
      (found) => {
        const [first] = found
        if (options.all === true) callback(null, found)
        else if (first !== undefined) callback(null, first.address, first.family)
        else callback(Object.assign(new Error(`No address for ${host}`), { code: 'ENOTFOUND' }), '')
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    )
  }
