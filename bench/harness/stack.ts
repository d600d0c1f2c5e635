import type { AppRouter } from '@fairlead/api/router'
import { clusterIdSchema, type ClusterId } from '@fairlead/contracts/ids'
import { startStack, type ClusterName, type StackFile } from '@fairlead/e2e/stack'
import { createTRPCClient, httpLink } from '@trpc/client'
import fs from 'node:fs'
import superjson from 'superjson'
import { openLiveFeed, type LiveFeed } from './live-feed'

export type Api = ReturnType<typeof createTRPCClient<AppRouter>>

export interface RegisteredCluster {
  readonly id: ClusterId
  readonly adminKubeconfig: string
}

/** A running installation, with its first administrator signed in. */
export interface BenchStack {
  readonly stack: StackFile
  readonly api: Api
  /** Of the administrator's session: `name=value`, several joined by `; `. */
  readonly cookie: string
  readonly live: LiveFeed
  register(name: string, kubeconfigFile: string): Promise<ClusterId>
  /** One of the stack's own clusters, registered on first use. */
  ensureCluster(name: ClusterName): Promise<RegisteredCluster>
  stop(): Promise<void>
}

export async function openStack(names: readonly ClusterName[]): Promise<BenchStack> {
  const { stack, stop } = await startStack(names)
  try {
    return await connectTo(stack, await signIn(stack.url, await becomeAdministrator(stack)), stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function connectTo(stack: StackFile, cookie: string, stop: () => Promise<void>): Promise<BenchStack> {
  const api = apiOf(stack.url, { cookie, origin: stack.url })
  const live = await openLiveFeed(stack.url, cookie)
  const register: BenchStack['register'] = async (name, kubeconfigFile) => {
    const kubeconfig = fs.readFileSync(kubeconfigFile, 'utf8')
    const { id } = await api.cluster.register.mutate({ name, kubeconfig, environment: 'staging' })
    return clusterIdSchema.parse(id)
  }
  const registered = new Map<string, Promise<RegisteredCluster>>()
  const ensureCluster: BenchStack['ensureCluster'] = (name) => {
    const files = stack.kubeconfigs[name]
    if (files === undefined) throw new Error(`The stack has no cluster ${name}.`)
    const known =
      registered.get(name) ??
      register(name, files.console).then((id) => ({ id, adminKubeconfig: files.admin }))
    registered.set(name, known)
    return known
  }
  const close = async (): Promise<void> => {
    live.close()
    await stop()
  }
  return { stack, api, cookie, live, register, ensureCluster, stop: close }
}

/** A connection per call, as a command line has: on a busy machine a kept one may just have been closed. */
function apiOf(url: string, own: Record<string, string>): Api {
  const headers = { ...own, connection: 'close' }
  return createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${url}/api/trpc`, transformer: superjson, headers, methodOverride: 'POST' })],
  })
}

interface Credentials {
  readonly email: string
  readonly password: string
}

async function becomeAdministrator({ url, firstLink }: StackFile): Promise<Credentials> {
  const credentials = { email: 'bench@example.org', password: 'a long enough password' }
  const secret = new URL(firstLink).pathname.split('/').at(-1) ?? ''
  await apiOf(url, { origin: url }).invitation.accept.mutate({ secret, name: 'Bench', ...credentials })
  return credentials
}

async function signIn(url: string, credentials: Credentials): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(credentials),
  })
  if (!answer.ok) throw new Error(`Sign-in was answered with ${answer.status}: ${await answer.text()}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .join('; ')
}
