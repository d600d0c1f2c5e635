import { FairleadError } from '@fairlead/contracts/errors'
import { parseServer } from './endpoint-guard'
import type { ClusterConnection } from './kube-client'
import { refusedClusterKeys, refusedUserKeys, type Refusal } from './kubeconfig-refusals'
import { readCredential } from './kubeconfig-credential'
import { contextOf } from './kubeconfig-context'
import { entriesOf, openFile, textAt, type Place } from './kubeconfig-file'
import { decodeBase64, readCertificates } from './pem'

export interface KubeconfigOptions {
  readonly context?: string | undefined
  /** Development clusters alone may skip TLS verification. */
  readonly development: boolean
  readonly fileName?: string | undefined
  readonly now?: Date
}

/** Names of the contexts, in file order. Same refusals as `parseKubeconfig` as far as the file's form goes. */
export function listContexts(text: string, fileName?: string): readonly string[] {
  return [...entriesOf(openFile(text, fileName), 'contexts', 'context').keys()]
}

function refuseKeys(place: Place, refusals: readonly Refusal[]): void {
  for (const { keys, message, remedy } of refusals) {
    const key = keys.find(
      (name) => place.value[name] !== undefined && place.value[name] !== null && place.value[name] !== '',
    )
    if (key === undefined) continue
    const words = typeof message === 'string' ? { message, remedy } : message(place.value[key])
    throw place.refuse(key, `${key} is refused: ${words.message}`, {
      found: key,
      remedy: words.remedy ?? remedy,
    })
  }
}

function readServer(cluster: Place): string {
  const server = textAt(cluster, 'server')
  if (server === undefined)
    throw cluster.refuse('server', 'The cluster has no server address', { expected: 'server: https://…' })
  try {
    return parseServer(server).href.replace(/\/$/, '')
  } catch (error) {
    if (error instanceof FairleadError)
      throw cluster.refuse('server', error.message, {
        expected: error.detail.expected ?? 'https://host:port',
      })
    throw error
  }
}

function readAuthority(cluster: Place): string | null {
  const data = textAt(cluster, 'certificate-authority-data')
  if (data === undefined) return null
  const key = 'certificate-authority-data'
  const pem = decodeBase64(data)
  if (pem === null) throw cluster.refuse(key, `${key} is not base64`, { expected: 'base64 of a PEM bundle' })
  if (readCertificates(pem) === null)
    throw cluster.refuse(key, `${key} is not a PEM bundle of certificates`, {
      expected: 'one or more BEGIN CERTIFICATE blocks',
    })
  return pem
}

function readInsecure(cluster: Place, development: boolean, caPem: string | null): boolean {
  const key = 'insecure-skip-tls-verify'
  const value = cluster.value[key] ?? false
  if (typeof value !== 'boolean')
    throw cluster.refuse(key, `${key} is not true or false`, { found: typeof value })
  if (!value) return false
  if (!development)
    throw cluster.refuse(key, `${key} is refused: anybody on the way could read the credential`, {
      found: 'true',
      expected: 'certificate-authority-data',
      remedy: 'Add the certificate authority, or mark the cluster as development.',
    })
  if (caPem !== null)
    throw cluster.refuse(key, `${key} contradicts certificate-authority-data`, {
      remedy: 'Remove one of them.',
    })
  return true
}

/** A self-contained kubeconfig → connection, or a FairleadError `invalid`/`too_large` that names the reason. */
export function parseKubeconfig(text: string, options: KubeconfigOptions): ClusterConnection {
  const { cluster, user } = contextOf(text, options)
  refuseKeys(cluster, refusedClusterKeys)
  refuseKeys(user, refusedUserKeys)
  const server = readServer(cluster)
  const caPem = readAuthority(cluster)
  const tlsServerName = textAt(cluster, 'tls-server-name')
  if (tlsServerName !== undefined && !/^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/.test(tlsServerName))
    throw cluster.refuse('tls-server-name', 'tls-server-name is not a host name', { expected: 'a host name' })
  return {
    server,
    caPem,
    ...(tlsServerName === undefined ? {} : { tlsServerName }),
    auth: readCredential(user, options.now ?? new Date()),
    insecureSkipTlsVerify: readInsecure(cluster, options.development, caPem),
  }
}
