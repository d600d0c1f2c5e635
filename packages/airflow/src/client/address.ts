import type { LookupAddress } from 'node:dns'
import { isIP } from 'node:net'
import { FairleadError } from '@fairlead/contracts/errors'
import { addressGuard, hostOf, type AddressGuard } from '@fairlead/egress/address-guard'
import { stepError } from './airflow-error'

const expected = 'https://airflow.example.org'

/** http or https, and nothing in it that could carry a secret or mislead. Without a slash at its end. Throws `invalid`. */
export function parseAddress(text: string): URL {
  const invalid = (message: string) => new FairleadError('invalid', message, { path: 'address', expected })
  if (!URL.canParse(text)) throw invalid('The address is not a URL.')
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw invalid(`Airflow is spoken to over http or https, not ${url.protocol.slice(0, -1)}.`)
  if (url.username !== '' || url.password !== '') throw invalid('The address contains user information.')
  if (text.includes('?')) throw invalid('The address contains a query.')
  if (text.includes('#')) throw invalid('The address contains a fragment.')
  url.pathname = url.pathname.replace(/\/+$/, '')
  return url
}

/** As people give it back and as it is stored: `https://host/prefix`. */
export const addressText = (url: URL): string => `${url.origin}${url.pathname.replace(/\/+$/, '')}`

/** What an administrator's list allows, in the words of an Airflow connection. */
export const airflowGuard = (allow: readonly string[]): AddressGuard =>
  addressGuard(allow, (host, address, refusal) =>
    stepError(
      'address',
      'forbidden',
      `${host} is ${refusal} (${address}), which Fairlead does not connect to.`,
      {
        remedy:
          'Ask the administrator to add its range to FAIRLEAD_AIRFLOW_CIDRS; link-local and multicast ranges are never allowed.',
      },
    ),
  )

const publicOnly = airflowGuard([])

/** A password in clear text stays within the networks that the administrator named. */
export async function assertSpeakable(url: URL, guard: AddressGuard): Promise<void> {
  const host = hostOf(url)
  guard.assertLiteral(host)
  const found = await addressesOf(host, guard)
  const open = found.find(({ address }) => publicOnly.refusalOf(address) === null)
  if (url.protocol === 'http:' && open !== undefined)
    throw stepError(
      'address',
      'forbidden',
      `${host} is a public address (${open.address}): only https goes there.`,
      {
        remedy: 'Give the address with https, so that the password is not readable on the way.',
      },
    )
}

const addressesOf = async (
  host: string,
  guard: AddressGuard,
): Promise<readonly Pick<LookupAddress, 'address'>[]> =>
  isIP(host) === 0 ? guard.resolve(host) : [{ address: host }]
