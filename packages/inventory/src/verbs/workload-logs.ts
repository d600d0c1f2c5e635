import type { LogLine, PodRow } from '@fairlead/contracts/inventory'
import { isFairleadError, messageOf, type FairleadError } from '@fairlead/contracts/errors'
import type { ParsedOf } from '@fairlead/contracts/surface'
import type { InventoryDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { podLogs } from '@fairlead/kube/logs'
import type { ClusterConnections } from '../connections'
import { assertVisible } from './object-yaml'
import { podRowsOf, readFamily } from './workload-family'

type Query = ParsedOf<'workload.logs'>
interface Source {
  readonly pod: PodRow
  readonly container: string
}

/** Containers read at once from one API server, and at most in one answer. */
const atOnce = 8
const mostSources = 60
const mostLines = 20_000

/** A container that never ran has nothing to say; asking would only bring an error. */
const neverRan = new Set(['Waiting', 'ContainerCreating', 'PodInitializing'])

function sourcesOf(pods: readonly PodRow[], query: Query): { sources: Source[]; missing: string[] } {
  const missing: string[] = []
  const sources = pods.flatMap((pod) =>
    pod.containers.flatMap((container): Source[] => {
      if (query.container !== undefined && container.name !== query.container) return []
      if (query.previous ? container.restarts > 0 : !neverRan.has(container.state) || container.restarts > 0)
        return [{ pod, container: container.name }]
      if (!query.previous) missing.push(`${pod.name}/${container.name}: has not started (${container.state})`)
      return []
    }),
  )
  for (const { pod, container } of sources.splice(mostSources))
    missing.push(`${pod.name}/${container}: left out, ${mostSources} containers are shown at most`)
  return { sources, missing }
}

async function readAll(client: KubeClient, query: Query, sources: readonly Source[], signal?: AbortSignal) {
  const lines: LogLine[] = []
  const missing: string[] = []
  const denied: FairleadError[] = []
  const queue = [...sources]
  const worker = async (): Promise<void> => {
    for (let source = queue.shift(); source !== undefined; source = queue.shift()) {
      const { pod, container } = source
      try {
        const read = await podLogs(client, {
          namespace: pod.namespace ?? '',
          pod: pod.name,
          container,
          previous: query.previous,
          tailLines: query.tailLines,
          sinceTime: query.since,
          signal,
        })
        for (const line of read) lines.push(line)
      } catch (error) {
        if (isFairleadError(error) && error.code === 'cluster_denied') denied.push(error)
        missing.push(`${pod.name}/${container}: ${messageOf(error)}`)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  // Sixty times the same refusal would hide who can change it.
  if (denied[0] !== undefined && denied.length === sources.length) throw denied[0]
  return { lines, missing }
}

/** By time; a line without one stays behind the line before it of its own container. */
export function mergeLines(lines: readonly LogLine[]): LogLine[] {
  const last = new Map<string, string>()
  const keyed = lines.map((line, index) => {
    const source = `${line.pod}/${line.container}`
    const at = line.at ?? last.get(source) ?? ''
    last.set(source, at)
    return { line, at, index }
  })
  keyed.sort((left, right) => (left.at === right.at ? left.index - right.index : left.at < right.at ? -1 : 1))
  return keyed.map(({ line }) => line)
}

/** Logs of all pods of a workload, or of one pod, in one stream of lines. Reading them needs its own right. */
export const workloadLogs = (db: InventoryDb, connections: ClusterConnections) =>
  room<InventoryDb>(db).query('workload.logs', {
    scope: { kind: 'any' },
    run: async (context, input) => {
      const permission = 'logs.view' as const
      const namespace = await assertVisible(context.db, context.actor, { ...input, permission })
      const family = await readFamily(context.db, context.actor, { ...input, namespace })
      const { sources, missing } = sourcesOf(podRowsOf(family), input)
      if (sources.length === 0) return { lines: [], missing }
      const client = await connections.clientFor(input.cluster, context.actor)
      const read = await readAll(client, input, sources, context.signal)
      return { lines: mergeLines(read.lines).slice(-mostLines), missing: [...missing, ...read.missing] }
    },
  })
