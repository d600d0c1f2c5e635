import { freePort } from '@fairlead/devservices/free-port'
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

// EKS, STS and IAM need nothing of moto's extras, which weigh ten times as much; its server needs Flask.
const packages = ['moto==5.2.5', 'flask==3.1.3', 'flask-cors==6.0.5']
const cache = path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'fairlead')
const account = '123456789012'

export interface AwsKey {
  readonly id: string
  readonly secret: string
  readonly arn: string
}

/** moto's server: an AWS of one's own, on loopback. */
export interface Moto {
  readonly url: string
  readonly account: string
  /** An IAM user's key, as somebody would make one for Fairlead. */
  createUser(name: string): Promise<AwsKey>
  createRole(name: string): Promise<string>
  createCluster(name: string, region: string): Promise<void>
  /** Secret and owner of any key that it gave out, of sessions of roles too. */
  secrets(): Promise<ReadonlyMap<string, { readonly secret: string; readonly arn: string }>>
  /** Sessions of assumed roles, in order. */
  sessions(): Promise<readonly { readonly session_name: string; readonly external_id: string | null }[]>
  stop(): Promise<void>
}

/** Installed once, outside of the checkout; several test files may come at the same time. */
function installed(): string {
  const folder = path.join(cache, `moto-${packages.join('-').replaceAll('==', '-')}`)
  if (fs.existsSync(folder)) return folder
  const work = `${folder}.${process.pid}`
  process.stderr.write(`  aws: installing ${packages.join(' ')} from PyPI, once, into ${folder}\n`)
  try {
    execFileSync(
      'python3',
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', work, ...packages],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    )
  } catch (error) {
    fs.rmSync(work, { recursive: true, force: true })
    throw new Error('moto could not be installed: python3 with pip is needed (apt-get install python3-pip)', {
      cause: error,
    })
  }
  try {
    fs.renameSync(work, folder)
  } catch {
    // Somebody else was first.
    fs.rmSync(work, { recursive: true, force: true })
  }
  return folder
}

export async function startMoto(): Promise<Moto> {
  const folder = installed()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
    env: { ...process.env, PYTHONPATH: folder, MOTO_ACCOUNT_ID: account },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said: string[] = []
  child.stderr.on('data', (chunk: Buffer) => void said.push(chunk.toString()))
  await answers(url, child, said)
  return {
    url,
    account,
    createUser: async (name) => {
      await form(url, 'iam', { Action: 'CreateUser', UserName: name, Version: '2010-05-08' })
      const xml = await form(url, 'iam', { Action: 'CreateAccessKey', UserName: name, Version: '2010-05-08' })
      const arn = `arn:aws:iam::${account}:user/${name}`
      return { id: element(xml, 'AccessKeyId'), secret: element(xml, 'SecretAccessKey'), arn }
    },
    createRole: async (name) => {
      const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [] })
      const query = { Action: 'CreateRole', RoleName: name, AssumeRolePolicyDocument, Version: '2010-05-08' }
      return element(await form(url, 'iam', query), 'Arn')
    },
    createCluster: async (name, region) => {
      const roleArn = `arn:aws:iam::${account}:role/eks-control-plane`
      const body = { name, roleArn, resourcesVpcConfig: { subnetIds: ['subnet-1'] }, version: '1.35' }
      await ask(`${url}/clusters`, { scope: `${region}/eks`, body: JSON.stringify(body) })
    },
    secrets: async () => {
      const { iam, sts } = await state(url)
      const entry = (key: Readonly<Record<string, unknown>>, arn: string) =>
        [String(key['access_key_id']), { secret: String(key['secret_access_key']), arn }] as const
      return new Map([
        ...(iam?.['AccessKey'] ?? []).map((key) =>
          entry(key, `arn:aws:iam::${account}:user/${String(key['user_name'])}`),
        ),
        ...(sts?.['AssumedRole'] ?? []).map((role) => entry(role, String(role['role_arn']))),
      ])
    },
    sessions: async () =>
      ((await state(url)).sts?.['AssumedRole'] ?? []).map((role) => ({
        session_name: String(role['session_name']),
        external_id: typeof role['external_id'] === 'string' ? role['external_id'] : null,
      })),
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null) return resolve()
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

async function answers(url: string, child: ChildProcess, said: readonly string[]): Promise<void> {
  const giveUpAt = Date.now() + 110_000
  for (;;) {
    const up = await fetch(`${url}/moto-api/data.json`).then(
      (response) => response.ok,
      () => false,
    )
    if (up) return
    if (child.exitCode !== null || Date.now() > giveUpAt)
      throw new Error(`moto's server did not start: ${said.join('').slice(-2_000)}`)
    await sleep(200)
  }
}

type State = Partial<Record<'iam' | 'sts', Readonly<Record<string, Readonly<Record<string, unknown>>[]>>>>
const state = async (url: string): Promise<State> =>
  (await (await fetch(`${url}/moto-api/data.json`)).json()) as State

/** moto routes by the credential scope of a request; it does not look at signatures. */
const ask = async (url: string, { scope, body }: { scope: string; body: string }): Promise<string> => {
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/${scope}/aws4_request, SignedHeaders=host, Signature=0`
  const response = await fetch(url, { method: 'POST', body, headers: { authorization } })
  const text = await response.text()
  if (!response.ok) throw new Error(`moto answered ${response.status}: ${text.slice(0, 500)}`)
  return text
}
const form = (url: string, service: string, query: Readonly<Record<string, string>>): Promise<string> =>
  ask(`${url}/?${new URLSearchParams(query).toString()}`, { scope: `us-east-1/${service}`, body: '' })

const element = (xml: string, name: string): string =>
  new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1] ??
  (() => {
    throw new Error(`moto's answer has no ${name}: ${xml.slice(0, 300)}`)
  })()

export interface RealEndpoint {
  readonly server: string
  readonly caPem: string
}

/** In front of moto: what it says of a cluster's address, which it makes up, is replaced by that of a real API server. */
export async function pointAtRealCluster(
  moto: Moto,
  endpoint: () => RealEndpoint,
): Promise<{ url: string; close(): Promise<void> }> {
  const target = new URL(moto.url)
  const server = http.createServer((incoming, outgoing) => {
    const { method, url: at = '/', headers } = incoming
    const upstream = http.request(
      { host: target.hostname, port: target.port, method, path: at, headers },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => void chunks.push(chunk))
        answer.on('end', () => {
          const body = rewritten(Buffer.concat(chunks).toString('utf8'), endpoint())
          const { 'content-length': _length, ...rest } = answer.headers
          outgoing.writeHead(answer.statusCode ?? 502, rest).end(body)
        })
      },
    )
    upstream.on('error', () => outgoing.writeHead(502).end())
    incoming.pipe(upstream)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function rewritten(text: string, { server, caPem }: RealEndpoint): string {
  if (!text.startsWith('{"cluster"')) return text
  const { cluster } = JSON.parse(text) as { cluster: object }
  const data = Buffer.from(caPem).toString('base64')
  return JSON.stringify({ cluster: { ...cluster, endpoint: server, certificateAuthority: { data } } })
}
