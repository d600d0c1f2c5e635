import { isIP } from 'node:net'
import { FairleadError } from '@fairlead/contracts/errors'
import { addressGuard, hostOf, type AddressGuard } from '@fairlead/egress/address-guard'

/** What an administrator's list allows, in the words of a source. */
export const sourceGuard = (allow: readonly string[]): AddressGuard =>
  addressGuard(
    allow,
    (host, address, refusal) =>
      new FairleadError(
        'forbidden',
        `${host} is ${refusal} (${address}), which Fairlead does not connect to.`,
        {
          found: address,
          remedy:
            'Ask the administrator to add its range to FAIRLEAD_SOURCE_CIDRS; link-local and multicast ranges are never allowed.',
        },
      ),
  )

const publicOnly = sourceGuard([])

export interface Dialable {
  readonly url: URL
  /** What the name meant when it was checked: nothing else is dialled. */
  readonly address: string
}

/** Checks where an address leads; clear text stays within the networks that the administrator named. */
export async function dialable(text: string, guard: AddressGuard): Promise<Dialable> {
  const url = new URL(text)
  const host = hostOf(url)
  guard.assertLiteral(host)
  const [first] = isIP(host) === 0 ? await resolved(host, guard) : [{ address: host }]
  if (first === undefined) throw unreachable(host, 'it has no address')
  if (url.protocol !== 'https:' && publicOnly.refusalOf(first.address) === null)
    throw new FairleadError(
      'forbidden',
      `${host} is a public address (${first.address}): only https goes there.`,
      {
        found: url.protocol.slice(0, -1),
        expected: 'https',
      },
    )
  return { url, address: first.address }
}

const resolved = (host: string, guard: AddressGuard) =>
  guard.resolve(host).catch((error: NodeJS.ErrnoException) => {
    throw error instanceof FairleadError ? error : unreachable(host, 'its name is not known')
  })

export const unreachable = (host: string, why: string): FairleadError =>
  new FairleadError('unavailable', `${host} can't be reached: ${why}.`, {
    found: host,
    remedy: 'It is tried again. What was released before stays as it is.',
  })
