import { createServer, type Server } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from './connection'
import type { KubeClient } from './kube-client'
import { testCertificate, testKey, validNow } from './test-certificate'

// A TLS server for tests that answers as no well-behaved API server would: silence, 410, redirects, broken lines.

export type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void

export interface HostileServer {
  readonly client: KubeClient
  readonly requests: readonly string[]
  /** For what comes as no request: upgrades. */
  readonly server: Server
  answer: Answer
  /** Ends every connection, as a killed server would. */
  drop(): void
  close(): Promise<void>
}

export async function hostileServer(answer: Answer): Promise<HostileServer> {
  const key = testKey()
  const cert = testCertificate(key, validNow)
  const requests: string[] = []
  const state = { answer }
  const server: Server = createServer({ key: key.keyPem, cert }, (request, response) => {
    requests.push(request.url ?? '')
    state.answer(request, response, new URL(request.url ?? '/', 'https://x'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const client = connect(
    {
      server: `https://127.0.0.1:${port}`,
      caPem: cert,
      auth: { kind: 'token', token: 't' },
      insecureSkipTlsVerify: false,
    },
    { allow: { cidrs: ['127.0.0.0/8'] }, timeoutMs: 2_000 },
  )
  return {
    client,
    requests,
    server,
    get answer() {
      return state.answer
    },
    set answer(next) {
      state.answer = next
    },
    drop: () => server.closeAllConnections(),
    close: () => {
      client.close()
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

export const status = (code: number, reason: string, message = '', more: object = {}): string =>
  JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message, ...more })

export const configMap = (name: string, resourceVersion: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop', uid: `u-${name}`, resourceVersion, ...more },
})
export const event = (type: string, object: object): string => `${JSON.stringify({ type, object })}\n`
export const bookmark = (resourceVersion: string, end = false): string =>
  event('BOOKMARK', {
    kind: 'ConfigMap',
    apiVersion: 'v1',
    metadata: { resourceVersion, ...(end ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {}) },
  })
