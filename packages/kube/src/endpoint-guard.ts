import { FairleadError } from '@fairlead/contracts/errors'
import { addressGuard, hostOf, type AddressGuard } from '@fairlead/egress/address-guard'

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

/** The allowed ranges as a guard whose refusals say what a cluster's administrator can do about them. */
export const endpointGuard = (allow: EndpointAllowance): AddressGuard =>
  addressGuard(
    allow.cidrs,
    (host, address, refusal) =>
      new FairleadError(
        'forbidden',
        `The server ${host} is ${refusal} (${address}), which Fairlead does not connect to`,
        {
          path: 'server',
          found: address,
          expected: 'a public address, or one in a range that the administrator allows',
          remedy:
            'Ask the administrator to add the range to the allow-list of cluster endpoints; link-local and multicast ranges are never allowed.',
        },
      ),
  )

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

/** Resolves once and checks. Throws `invalid`, `forbidden` (an address that is not allowed) or a DNS error. */
export async function resolveEndpoint(server: string, allow: EndpointAllowance): Promise<Endpoint> {
  const url = parseServer(server)
  const host = hostOf(url)
  const [first] = await endpointGuard(allow).resolve(host)
  if (first === undefined) throw Object.assign(new Error(`No address for ${host}`), { code: 'ENOTFOUND' })
  const port = url.port === '' ? 443 : Number(url.port)
  return { host, port, address: first.address, family: first.family === 6 ? 6 : 4 }
}
