import type { SourceLogin } from '@fairlead/contracts/source-reader'
import type { AddressGuard } from '@fairlead/egress/address-guard'
import { askFollowing, type HttpAnswer } from '../http-ask'
import { authorizationFor } from './authorize'
import { manifestTypes } from './manifest'
import { urlIn, type Endpoint } from './reference'

const mebi = 1024 * 1024
/** What every registry has to take, by the specification. */
const maxManifestBytes = 4 * mebi

/** One repository of a registry, for the time of one look: what it was told once, it is told again. */
export interface RegistryClient {
  manifest(method: 'HEAD' | 'GET', reference: string): Promise<HttpAnswer>
  blob(digest: string, maxBytes: number): Promise<HttpAnswer>
  tags(): Promise<HttpAnswer>
}

export function registryClient(
  guard: AddressGuard,
  endpoint: Endpoint,
  login: SourceLogin | null,
): RegistryClient {
  const { registry, name } = endpoint
  let authorization: string | null = null
  const ask = async (path: string, how: How): Promise<HttpAnswer> => {
    const { method = 'GET', accept, maxBytes } = how
    const send = () =>
      askFollowing(guard, {
        url: urlIn(endpoint, path),
        method,
        headers: { accept, ...(authorization === null ? {} : { authorization }) },
        maxBytes,
      })
    const answer = await send()
    if (answer.status !== 401 || answer.url.origin !== registry.origin || authorization !== null)
      return answer
    const header = answer.headers['www-authenticate']
    authorization = await authorizationFor(guard, { registry, name, login }, header)
    return authorization === null ? answer : send()
  }
  const accept = `${manifestTypes.image}, ${manifestTypes.index}`
  return {
    manifest: (method, reference) =>
      ask(`manifests/${reference}`, { method, accept, maxBytes: maxManifestBytes }),
    blob: (digest, maxBytes) => ask(`blobs/${digest}`, { accept: '*/*', maxBytes }),
    tags: () => ask('tags/list?n=1000', { accept: 'application/json', maxBytes: mebi }),
  }
}

interface How {
  readonly method?: 'HEAD' | 'GET'
  readonly accept: string
  readonly maxBytes: number
}
