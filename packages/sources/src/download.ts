import { FairleadError } from '@fairlead/contracts/errors'
import type { SourceLogin } from '@fairlead/contracts/source-reader'
import type { AddressGuard } from '@fairlead/egress/address-guard'
import { authorizationOf } from '@fairlead/egress/authorization'
import { askFollowing, shown } from './http-ask'

export interface Wanted {
  readonly url: URL
  readonly login: SourceLogin | null
  readonly maxBytes: number
}

export async function download(guard: AddressGuard, { url, login, maxBytes }: Wanted): Promise<Buffer> {
  const headers = login === null ? {} : { authorization: authorizationOf(login) }
  const answer = await askFollowing(guard, { url, headers, maxBytes })
  if (answer.status !== 200) throw refusal(answer.status, answer.url)
  return answer.body
}

export const loginHelp =
  'fairlead repository set keeps a login for it; an administrator of projects may do that.'

function refusal(status: number, url: URL): FairleadError {
  if (status === 401 || status === 403)
    return new FairleadError('forbidden', `${shown(url)} refuses the login, or asks for one.`, {
      remedy: loginHelp,
    })
  if (status === 404)
    return new FairleadError('not_found', `There is nothing at ${shown(url)}.`, {
      remedy: 'Correct spec.source.helm. The last release stays as it is.',
    })
  return new FairleadError('unavailable', `${url.host} answered with ${status}.`, { found: String(status) })
}
