import { connect as dialTcp } from 'node:net'
import { connect as dialTls } from 'node:tls'
import type { CheckStep, ConnectionCheck } from '@fairlead/contracts/cluster'
import { isFairleadError, messageOf } from '@fairlead/contracts/errors'
import { z } from 'zod'
import { createCredentialSources } from './auth/credential-sources'
import { locateEks, withSameAddress, type EksLocated } from './check-eks'
import { identityWithin, rightsWithin, wholeCluster, type CheckScope } from './check-scope'
import { identityWords } from './cluster-identity'
import { allowanceOf, connect, tlsOptionsOf, type ConnectOptions } from './connection'
import { resolveEndpoint, type Endpoint } from './endpoint-guard'
import type { ClusterAuth, ClusterConnection, EksAuth, KubeClient } from './kube-client'
import { KubeStatusError, networkError } from './kube-error'
import { whoAmI } from './who-am-i'

type Step = CheckStep['step']
const stepTimeoutMs = 5_000
const slowMs = 2_000

function dial(open: () => ReturnType<typeof dialTcp>, ready: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = open()
    const finish = (error?: Error) => {
      socket.destroy()
      if (error === undefined) resolve()
      else reject(error)
    }
    socket.setTimeout(stepTimeoutMs, () => finish(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })))
    socket.once('error', finish)
    socket.once(ready, () => finish())
  })
}

const versionSchema = z.object({ gitVersion: z.string().max(100) })

interface Progress {
  readonly connection: ClusterConnection
  readonly options: ConnectOptions
  readonly client: KubeClient
  readonly scope: CheckScope
  endpoint: Endpoint | null
  version: string | null
  uid: string | null
}

/** Each returns what it found in words, or throws. */
const steps: readonly (readonly [Step, (progress: Progress) => Promise<string>])[] = [
  [
    'dns',
    async (progress) => {
      const { connection, options } = progress
      const endpoint = await resolveEndpoint(connection.server, allowanceOf(connection, options))
      progress.endpoint = endpoint
      return endpoint.host === endpoint.address
        ? `${endpoint.host} is an address`
        : `${endpoint.host} is ${endpoint.address}`
    },
  ],
  [
    'tcp',
    async ({ endpoint }) => {
      if (endpoint === null) throw new Error('No address')
      await dial(() => dialTcp({ host: endpoint.address, port: endpoint.port }), 'connect')
      return `Port ${endpoint.port} is open`
    },
  ],
  [
    'tls',
    async ({ endpoint, connection }) => {
      if (endpoint === null) throw new Error('No address')
      const options = { ...tlsOptionsOf(connection), host: endpoint.address, port: endpoint.port }
      // Without a server name the certificate is checked against the address, which is the host then.
      await dial(() => dialTls(options), 'secureConnect')
      return connection.insecureSkipTlsVerify ? 'TLS, certificate not verified' : 'TLS, certificate verified'
    },
  ],
  ['auth', async ({ client }) => `Signed in as ${(await whoAmI(client)).username}`],
  [
    'version',
    async (progress) => {
      progress.version = versionSchema.parse(await progress.client.json({ path: '/version' })).gitVersion
      return `Kubernetes ${progress.version}`
    },
  ],
  [
    'identity',
    async (progress) => {
      progress.uid = await identityWithin(progress.client, progress.scope)
      return identityWords(progress.uid)
    },
  ],
  ['rights', async ({ client, scope }) => rightsWithin(client, scope)],
]

const nothing = { version: null, uid: null }

/** Tries a connection step by step and stops at the first failure; never throws for what the cluster does. */
export async function checkConnection(
  connection: ClusterConnection,
  options: ConnectOptions,
  scope: CheckScope = wholeCluster,
): Promise<ConnectionCheck> {
  const { auth } = connection
  const given = { options, scope }
  if (auth.kind !== 'eks') return runSteps(connection, given)
  const located = withSameAddress(await locateEks(auth, sourcesOf(options)), connection)
  return (await continueFrom(located, given)).check
}

export interface CheckedEks {
  readonly check: ConnectionCheck
  readonly connection: ClusterConnection | null
}

/** Finds an EKS cluster and then tries the connection to it. */
export const checkEks = async (
  auth: EksAuth,
  options: ConnectOptions,
  scope: CheckScope = wholeCluster,
): Promise<CheckedEks> => continueFrom(await locateEks(auth, sourcesOf(options)), { options, scope })

type Given = { readonly options: ConnectOptions; readonly scope: CheckScope }

const sourcesOf = ({ sources }: ConnectOptions) => sources ?? createCredentialSources({})

async function continueFrom({ steps: before, connection }: EksLocated, given: Given): Promise<CheckedEks> {
  if (connection === null) return { check: { passed: false, steps: before, ...nothing }, connection }
  const rest = await runSteps(connection, given)
  return { check: { ...rest, steps: [...before, ...rest.steps] }, connection }
}

async function runSteps(connection: ClusterConnection, { options, scope }: Given): Promise<ConnectionCheck> {
  const client = connect(connection, { ...options, timeoutMs: options.timeoutMs ?? stepTimeoutMs })
  const progress: Progress = { connection, options, client, scope, endpoint: null, ...nothing }
  const done: CheckStep[] = []
  try {
    for (const [step, run] of steps) {
      const startedAt = Date.now()
      const outcome = await run(progress).then(
        (message) => ({ passed: true, message }),
        (error: unknown) => ({ passed: false, message: failureWords(step, error, connection) }),
      )
      const durationMs = Date.now() - startedAt
      done.push({ step, ...outcome, message: withPace(outcome, durationMs), durationMs })
      if (!outcome.passed) break
    }
  } finally {
    client.close()
  }
  return {
    passed: done.every(({ passed }) => passed),
    steps: done,
    version: progress.version,
    uid: progress.uid,
  }
}

/** What works, but so slowly that it will not feel like it. */
const withPace = ({ passed, message }: Pick<CheckStep, 'passed' | 'message'>, durationMs: number): string =>
  passed && durationMs >= slowMs ? `${message}; slow: it took ${(durationMs / 1000).toFixed(1)} s` : message

const unauthorized: Readonly<Record<ClusterAuth['kind'], string>> = {
  token: 'the token has expired, was revoked, or belongs to another cluster',
  certificate: 'the client certificate is not one that it trusts',
  'in-cluster': 'the service account of this pod is gone or disabled',
  eks: 'the cluster has no access entry for this AWS identity (docs/eks.md)',
}

function failureWords(step: Step, error: unknown, { server, auth }: ClusterConnection): string {
  if (error instanceof z.ZodError) return `The answer of ${server} is not an API server's`
  if (step === 'dns' || step === 'tcp' || step === 'tls') return networkError(error, server).message
  if (!isFairleadError(error)) return messageOf(error)
  if (error.code === 'cluster_unauthorized' && error instanceof KubeStatusError)
    return `401 Unauthorized: ${unauthorized[auth.kind]}`
  if (error.code === 'cluster_denied')
    return `403 Forbidden: signed in, but RBAC does not allow it. ${error.message}`
  return error.message
}
