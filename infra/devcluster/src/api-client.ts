import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { join } from 'node:path'
import { DevclusterError } from './devcluster-error'

export interface ApiResponse {
  readonly status: number
  readonly text: string
}

/** The few requests that bring a cluster up. The product talks to clusters through packages/kube, never through this. */
export interface ApiClient {
  send(method: string, path: string, body?: string, contentType?: string): Promise<ApiResponse>
  get(path: string): Promise<unknown>
  /** Server-side apply of one document, as YAML or JSON text. */
  apply(document: string): Promise<void>
  /** Creates the object unless one of that name exists. */
  create(path: string, object: unknown): Promise<void>
  close(): void
}

const PLURALS: Readonly<Record<string, { plural: string; namespaced: boolean }>> = {
  Namespace: { plural: 'namespaces', namespaced: false },
  Node: { plural: 'nodes', namespaced: false },
  ServiceAccount: { plural: 'serviceaccounts', namespaced: true },
  Secret: { plural: 'secrets', namespaced: true },
  ConfigMap: { plural: 'configmaps', namespaced: true },
  Service: { plural: 'services', namespaced: true },
  Deployment: { plural: 'deployments', namespaced: true },
  ClusterRole: { plural: 'clusterroles', namespaced: false },
  ClusterRoleBinding: { plural: 'clusterrolebindings', namespaced: false },
  FlowSchema: { plural: 'flowschemas', namespaced: false },
  PriorityLevelConfiguration: { plural: 'prioritylevelconfigurations', namespaced: false },
}

export function createApiClient(server: string, pki: string): ApiClient {
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 20,
    ca: readFileSync(join(pki, 'ca.crt')),
    cert: readFileSync(join(pki, 'admin.crt')),
    key: readFileSync(join(pki, 'admin.key')),
  })

  const send: ApiClient['send'] = (method, path, body, contentType = 'application/json') =>
    new Promise((resolve, reject) => {
      const headers =
        body === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }
      const outgoing = request(
        `${server}${path}`,
        { agent, method, headers, timeout: 10_000 },
        (response) => {
          let text = ''
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
          response.on('error', reject)
        },
      )
      outgoing.on('timeout', () => outgoing.destroy(new Error('no answer within 10 s')))
      outgoing.on('error', reject)
      outgoing.end(body)
    })

  const checked = async (method: string, path: string, body?: string, contentType?: string) => {
    const response = await send(method, path, body, contentType)
    if (response.status < 300) return response
    throw refused(method, path, response)
  }

  return {
    send,
    get: async (path) => JSON.parse((await checked('GET', path)).text),
    apply: async (document) => {
      const path = `${resourcePath(document)}?fieldManager=fairlead-devcluster&force=true`
      await checked('PATCH', path, document, 'application/apply-patch+yaml')
    },
    create: async (path, object) => {
      const response = await send('POST', path, JSON.stringify(object))
      if (response.status >= 300 && response.status !== 409) throw refused('POST', path, response)
    },
    close: () => agent.destroy(),
  }
}

const refused = (method: string, path: string, { status, text }: ApiResponse) =>
  new DevclusterError('API_REFUSED', `${method} ${path} answered ${status}: ${text.slice(0, 300)}`)

interface Identity {
  readonly apiVersion: string | undefined
  readonly kind: string | undefined
  readonly name: string | undefined
  readonly namespace: string | undefined
}

/** Reads only what the address needs; the API server parses the document itself. */
export function resourcePath(document: string): string {
  const { apiVersion, kind, name, namespace } = identify(document)
  const known = PLURALS[kind ?? '']
  if (!apiVersion || !name || !known) {
    throw new DevclusterError('INVALID_ARGUMENT', `can't apply a document of kind ${kind ?? 'unknown'}`)
  }
  const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  const scope = known.namespaced ? `/namespaces/${namespace ?? 'default'}` : ''
  return `${base}${scope}/${known.plural}/${name}`
}

function identify(document: string): Identity {
  if (document.startsWith('{')) {
    const value = JSON.parse(document) as Partial<Identity> & { metadata?: Partial<Identity> }
    const { name, namespace } = value.metadata ?? {}
    return { apiVersion: value.apiVersion, kind: value.kind, name, namespace }
  }
  const field = (text: string, pattern: RegExp) => pattern.exec(text)?.[1]
  const metadata = field(document, /^metadata:\n((?: +.*(?:\n|$))+)/m) ?? ''
  return {
    apiVersion: field(document, /^apiVersion: *(\S+)/m),
    kind: field(document, /^kind: *(\S+)/m),
    name: field(metadata, /^ {2}name: *(\S+)/m),
    namespace: field(metadata, /^ {2}namespace: *(\S+)/m),
  }
}
