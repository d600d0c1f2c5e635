import type { LogLine } from '@fairlead/contracts/inventory'
import { resourcePath } from './discovery'
import type { KubeClient, KubeRequest } from './kube-client'
import { linesOf } from './watch-lines'

export interface LogQuery {
  readonly namespace: string
  readonly pod: string
  readonly container: string
  readonly previous?: boolean | undefined
  readonly tailLines?: number | undefined
  /** Only lines after this ISO time. */
  readonly sinceTime?: string | undefined
  /** Default 1 MiB. */
  readonly limitBytes?: number | undefined
  readonly signal?: AbortSignal | undefined
}

const defaultLimitBytes = 1024 * 1024

function requestOf(query: LogQuery, follow: boolean): KubeRequest {
  return {
    path: `${resourcePath('v1', 'pods', { namespace: query.namespace, name: query.pod })}/log`,
    query: {
      container: query.container,
      timestamps: true,
      follow: follow || undefined,
      previous: query.previous === true || undefined,
      tailLines: query.tailLines,
      sinceTime: query.sinceTime,
      limitBytes: follow ? undefined : (query.limitBytes ?? defaultLimitBytes),
    },
    accept: 'text/plain, application/json',
    signal: query.signal,
  }
}

/** `2026-11-23T11:57:41.123456789Z text`; a line without a time keeps its text. */
export function parseLogLine(
  line: string,
  query: { readonly pod: string; readonly container: string },
): LogLine {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) ?(.*)$/s.exec(line)
  const { pod, container } = query
  return { pod, container, at: match?.[1] ?? null, text: (match?.[2] ?? line).replace(/\r$/, '') }
}

/** The last lines of one container, oldest first. */
export async function podLogs(client: KubeClient, query: LogQuery): Promise<readonly LogLine[]> {
  const limit = query.limitBytes ?? defaultLimitBytes
  const { text } = await client.request({
    ...requestOf(query, false),
    maxBytes: limit + 64 * 1024,
    timeoutMs: 30_000,
  })
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => parseLogLine(line, query))
}

/** Resolves when the container ends or `signal` aborts. */
export async function followLogs(
  client: KubeClient,
  query: Omit<LogQuery, 'limitBytes'>,
  onLine: (line: LogLine) => void | Promise<void>,
): Promise<void> {
  try {
    const stream = await client.stream(requestOf(query, true))
    for await (const lines of linesOf(stream.chunks))
      for (const line of lines) await onLine(parseLogLine(line, query))
  } catch (error) {
    if (query.signal?.aborted !== true) throw error
  }
}
