import type { DeprecatedApiFact, Read } from '@fairlead/contracts/cluster-facts'
import type { KubeClient } from '../kube-client'
import { notRead, type ReadOptions } from './read-list'

const metric = 'apiserver_requested_deprecated_apis'
const line = new RegExp(`^${metric}\\{([^}]*)\\}\\s+([0-9.eE+-]+)`, 'gm')
const label = /(\w+)="((?:[^"\\]|\\.)*)"/g

/** Prometheus text → what was asked for since the API server started. A series of 0 was not. */
export function deprecatedApisIn(text: string): readonly DeprecatedApiFact[] {
  return [...text.matchAll(line)].flatMap(([, labels = '', value = '0']) => {
    if (!(Number(value) > 0)) return []
    const of = Object.fromEntries([...labels.matchAll(label)].map(([, key = '', word = '']) => [key, word]))
    return [
      {
        group: of['group'] ?? '',
        version: of['version'] ?? '',
        resource: of['resource'] ?? '',
        subresource: of['subresource'] ?? '',
        removedRelease: of['removed_release'] ?? '',
      },
    ]
  })
}

/** The metrics of an API server are megabytes of text, of which a line or two matter. */
export async function readDeprecatedApis(
  client: KubeClient,
  { signal }: ReadOptions,
): Promise<Read<DeprecatedApiFact>> {
  try {
    const { text } = await client.request({ path: '/metrics', accept: 'text/plain', signal })
    return { state: 'read', items: deprecatedApisIn(text) }
  } catch (error) {
    return notRead(error, signal)
  }
}
