import { FairleadError } from '@fairlead/contracts/errors'
import type { SourceLogin } from '@fairlead/contracts/source-reader'
import type { AddressGuard } from '@fairlead/egress/address-guard'
import { authorizationOf } from '@fairlead/egress/authorization'
import { z } from 'zod'
import { loginHelp } from '../download'
import { askOnce, placeOf } from '../http-ask'
import { challengeOf, type Challenge } from './challenge'

export interface Asked {
  /** Of the registry: whose challenge it is. */
  readonly registry: URL
  /** Of the repository in it, such as `team/charts/web`. */
  readonly name: string
  readonly login: SourceLogin | null
}

const maxTokenBytes = 256 * 1024
const tokenSchema = z.string().regex(/^[\x21-\x7e]+$/)
const answerSchema = z
  .object({ token: tokenSchema.optional(), access_token: tokenSchema.optional() })
  .transform(({ token, access_token }) => token ?? access_token)

/**
 * What a registry that refused us is told next; null when there is nothing to tell.
 *
 * A registry names who gives its tokens, often on another host (Docker Hub, GitLab), and the login goes there, as
 * containerd and oras send it: a registry could as well ask for the password itself. So it is sent for the registry's own
 * challenge alone and never for one of a host that it redirects to (the leak of CVE-2020-15157), by https where the
 * registry is reached by https, to addresses that sources may dial, and not on to where the token service redirects.
 */
export async function authorizationFor(
  guard: AddressGuard,
  asked: Asked,
  header: string | undefined,
): Promise<string | null> {
  const challenge = challengeOf(header)
  if (challenge?.scheme === 'bearer') return `Bearer ${await tokenFor(guard, asked, challenge)}`
  return challenge?.scheme === 'basic' && asked.login !== null ? authorizationOf(asked.login) : null
}

type Bearer = Extract<Challenge, { readonly scheme: 'bearer' }>

async function tokenFor(guard: AddressGuard, asked: Asked, challenge: Bearer): Promise<string> {
  const { registry, login } = asked
  const url = tokenUrl(asked, challenge)
  const headers = login === null ? {} : { authorization: authorizationOf(login) }
  const { status, body } = await askOnce(guard, { url, headers, maxBytes: maxTokenBytes })
  const service = `${url.host}, which gives the tokens of ${registry.host},`
  if (status === 401 || status === 403)
    throw new FairleadError('forbidden', `${service} refuses the login, or asks for one.`, {
      remedy: loginHelp,
    })
  if (status !== 200)
    throw new FairleadError('unavailable', `${service} answered with ${status}.`, { found: String(status) })
  const token = answerSchema.safeParse(jsonOf(body)).data
  if (token === undefined) throw new FairleadError('unavailable', `${service} gave none.`)
  return token
}

/** By the distribution specification's token authentication: one `scope` for each that is asked for. */
export function tokenUrl({ registry, name }: Omit<Asked, 'login'>, { realm, service, scope }: Bearer): URL {
  const url = placeOf(realm, registry)
  if (url.username !== '' || url.password !== '')
    throw new FairleadError('forbidden', `${registry.host} names a token service with a user in its address.`)
  if (service !== null) url.searchParams.set('service', service)
  for (const each of (scope ?? `repository:${name}:pull`).split(' ')) url.searchParams.append('scope', each)
  return url
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return null
  }
}
