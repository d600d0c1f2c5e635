import http from 'node:http'
import type { AddressInfo } from 'node:net'

type Fields = Readonly<Record<string, unknown>>

/** An insight as DescribeInsight gives it; ListInsights gives less of it. Times in seconds, as EKS's REST has them. */
export interface ServedInsight extends Fields {
  readonly id: string
  readonly insightStatus: { readonly status: string; readonly reason?: string }
}

export interface InsightsServer {
  /** AWS's endpoint for Fairlead. */
  readonly url: string
  insights: readonly ServedInsight[]
  /** IAM actions that are denied, `eks:ListInsights`. */
  readonly denied: Set<string>
  /** Every call, `POST /clusters/production/insights`. */
  readonly calls: string[]
  close(): Promise<void>
}

const listed = [
  'id',
  'name',
  'category',
  'kubernetesVersion',
  'lastRefreshTime',
  'description',
  'insightStatus',
]
const perPage = 2

const summaryOf = (insight: ServedInsight): Fields =>
  Object.fromEntries(Object.entries(insight).filter(([key]) => listed.includes(key)))

/** Pages of two, so that whoever asks has to follow them. */
function page(insights: readonly ServedInsight[], body: Fields): Fields {
  const from = Number(body['nextToken'] ?? 0)
  const next = from + perPage
  return {
    insights: insights.slice(from, next).map(summaryOf),
    ...(next < insights.length ? { nextToken: String(next) } : {}),
  }
}

interface Answer {
  readonly status: number
  readonly body: Fields
  readonly error?: string
}

const refused = (status: number, error: string, message: string): Answer => ({
  status,
  error,
  body: { message },
})

const deniedTo = (action: string, path: string): Answer =>
  refused(
    403,
    'AccessDeniedException',
    `User: arn:aws:iam::123456789012:user/fairlead is not authorized to perform: ${action} on resource: ${path}`,
  )

/** The two calls of EKS that moto does not serve, in the shapes that the API reference documents; nothing else of AWS. */
export async function startInsightsServer(cluster: string): Promise<InsightsServer> {
  const state = { insights: [] as readonly ServedInsight[], denied: new Set<string>(), calls: [] as string[] }
  const answer = (method: string, path: string, body: Fields): Answer => {
    const [, found, id] = /^\/clusters\/([^/]+)\/insights(?:\/([^/]+))?$/.exec(path) ?? []
    if (found !== cluster)
      return refused(404, 'ResourceNotFoundException', `No cluster found for name: ${found}.`)
    const action = id === undefined ? 'eks:ListInsights' : 'eks:DescribeInsight'
    if (state.denied.has(action)) return deniedTo(action, path)
    if (id === undefined && method === 'POST') return { status: 200, body: page(state.insights, body) }
    const insight = state.insights.find((each) => each.id === id)
    return insight === undefined
      ? refused(404, 'ResourceNotFoundException', `No insight found for id: ${id}.`)
      : { status: 200, body: { insight } }
  }
  const server = http.createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => void chunks.push(chunk))
    incoming.on('end', () => {
      const { method = '', url = '/' } = incoming
      state.calls.push(`${method} ${url}`)
      const text = Buffer.concat(chunks).toString('utf8')
      const { status, body, error } = answer(method, url, text === '' ? {} : (JSON.parse(text) as Fields))
      outgoing.writeHead(status, {
        'content-type': 'application/json',
        ...(error === undefined ? {} : { 'x-amzn-errortype': error }),
      })
      outgoing.end(JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  })
}
