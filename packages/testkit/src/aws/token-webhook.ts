import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { verifyEksToken } from './presigned-token'

export interface TokenWebhook {
  /** For --authentication-token-webhook-config-file. */
  readonly kubeconfig: string
  /** What was asked, in order: the name it was told, or why not. */
  readonly answers: string[]
  /** Access entries: groups by the ARN of the user or role. Whoever has none is refused. */
  readonly entries: Map<string, readonly string[]>
  close(): Promise<void>
}

interface WebhookOptions {
  readonly folder: string
  readonly cluster: string
  readonly region: string
  /** What AWS knows of each access key. */
  readonly secrets: () => Promise<ReadonlyMap<string, { readonly secret: string; readonly arn: string }>>
}

/** A TokenReview over HTTPS, as the one in front of an EKS control plane: it believes only a signature that it computed. */
export async function startTokenWebhook(options: WebhookOptions): Promise<TokenWebhook> {
  const { key, cert } = certificate(options.folder)
  const answers: string[] = []
  const entries: TokenWebhook['entries'] = new Map()
  const review = async (token: string) => {
    const secrets = await options.secrets()
    const { cluster, region } = options
    const { accessKeyId } = verifyEksToken(token, {
      cluster,
      region,
      now: new Date(),
      secretOf: (id) => secrets.get(id)?.secret,
    })
    const username = secrets.get(accessKeyId)?.arn ?? ''
    const groups = entries.get(username)
    if (groups === undefined) throw new Error(`${username} has no access entry`)
    return { username, groups }
  }
  const server = https.createServer({ key, cert }, (request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
      const { spec } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { spec: { token: string } }
      const status = await review(spec.token).then(
        (user) => ({ authenticated: true, user }),
        (error: unknown) => ({ authenticated: false, error: String(error) }),
      )
      answers.push('user' in status ? status.user.username : status.error)
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', status }))
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    kubeconfig: webhookKubeconfig(options.folder, port, cert),
    answers,
    entries,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function certificate(folder: string): { key: string; cert: string } {
  const [key, cert] = [path.join(folder, 'webhook.key'), path.join(folder, 'webhook.crt')]
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      '-subj',
      '/CN=token-webhook',
      '-addext',
      'subjectAltName=IP:127.0.0.1',
      '-days',
      '2',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  return { key: fs.readFileSync(key, 'utf8'), cert: fs.readFileSync(cert, 'utf8') }
}

function webhookKubeconfig(folder: string, port: number, cert: string): string {
  const file = path.join(folder, 'webhook.kubeconfig')
  const server = `https://127.0.0.1:${port}/`
  const ca = Buffer.from(cert).toString('base64')
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'webhook', cluster: { server, 'certificate-authority-data': ca } }],
    users: [{ name: 'apiserver', user: {} }],
    contexts: [{ name: 'webhook', context: { cluster: 'webhook', user: 'apiserver' } }],
    'current-context': 'webhook',
  }
  fs.writeFileSync(file, JSON.stringify(config))
  return file
}
