import type { IncomingMessage } from 'node:http'
import { FairleadError } from '@fairlead/contracts/errors'
import { bodyError } from './kube-error'
import type { KubeRequest } from './kube-client'

const errorBytes = 64 * 1024

export function pathOf(base: URL, { path, query = {} }: KubeRequest): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) parameters.set(name, String(value))
  const search = parameters.toString()
  return `${base.pathname.replace(/\/$/, '')}${path}${search === '' ? '' : `?${search}`}`
}

export function headersOf(message: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
}

/** `299 - "text"`, quotes and backslashes escaped; several may share one header line. */
export function warningTexts(header: string | undefined): readonly string[] {
  return [...(header ?? '').matchAll(/\b\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) =>
    text.replace(/\\(.)/g, '$1'),
  )
}

export async function readText(message: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) {
      message.destroy()
      throw new FairleadError('too_large', `The API server's answer is larger than ${maxBytes} bytes`, {
        expected: `at most ${maxBytes} bytes`,
      })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Throws for every status outside 2xx but 101, which only comes where it was asked for; redirects are never followed. */
export async function assertAnswered(message: IncomingMessage, server: string): Promise<void> {
  const status = message.statusCode ?? 0
  if (status === 101 || (status >= 200 && status < 300)) return
  if (status >= 300 && status < 400) {
    message.destroy()
    throw new FairleadError(
      'cluster_unreachable',
      `The API server ${server} answered with a redirect, which is not followed`,
      { found: `HTTP ${status}` },
    )
  }
  const text = await readText(message, errorBytes).catch(() => '')
  throw bodyError(status, text, message.headers['retry-after'])
}
