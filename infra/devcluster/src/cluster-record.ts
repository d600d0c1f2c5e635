import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NodesKind } from './cluster-types'
import { DevclusterError } from './devcluster-error'

export type Backend = 'native' | 'kind'

/** What cluster.json keeps; everything else derives from it. */
export interface ClusterRecord {
  readonly name: string
  readonly index: number
  readonly backend: Backend
  readonly nodes: NodesKind
  readonly realNodes: number
  readonly simulatedNodes: number
  readonly tokenWebhook?: string
  readonly createdAt: string
}

export interface ClusterPaths {
  readonly root: string
  readonly pki: string
  readonly logs: string
  readonly pids: string
  readonly etcd: string
  readonly config: string
  readonly adminKubeconfig: string
  readonly consoleKubeconfig: string
  node(ordinal: number): string
}

const NAME = /^[a-z][a-z0-9-]{0,29}$/

export function clusterPaths(home: string, name: string): ClusterPaths {
  if (!NAME.test(name)) {
    throw new DevclusterError(
      'INVALID_ARGUMENT',
      `"${name}" can't name a cluster: use a letter, then up to 29 letters, digits or dashes`,
    )
  }
  const root = join(home, name)
  return {
    root,
    pki: join(root, 'pki'),
    logs: join(root, 'logs'),
    pids: join(root, 'pids'),
    etcd: join(root, 'etcd'),
    config: join(root, 'config'),
    adminKubeconfig: join(root, 'admin.kubeconfig'),
    consoleKubeconfig: join(root, 'console.kubeconfig'),
    node: (ordinal) => join(root, `node-${ordinal}`),
  }
}

export function prepareFolders(paths: ClusterPaths): void {
  for (const dir of [paths.root, paths.pki, paths.logs, paths.pids, paths.config]) {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
  }
}

export function readRecord(home: string, name: string): ClusterRecord | undefined {
  const file = join(clusterPaths(home, name).root, 'cluster.json')
  if (!existsSync(file)) return undefined
  return parseRecord(JSON.parse(readFileSync(file, 'utf8')), file)
}

export function writeRecord(home: string, record: ClusterRecord): void {
  const root = clusterPaths(home, record.name).root
  mkdirSync(root, { recursive: true, mode: 0o700 })
  writeFileSync(join(root, 'cluster.json.new'), `${JSON.stringify(record, null, 2)}\n`)
  renameSync(join(root, 'cluster.json.new'), join(root, 'cluster.json'))
}

export function listRecords(home: string): ClusterRecord[] {
  if (!existsSync(home)) return []
  return readdirSync(home)
    .filter((name) => NAME.test(name))
    .sort()
    .flatMap((name) => readRecord(home, name) ?? [])
}

export function parseRecord(value: unknown, source: string): ClusterRecord {
  const record = (value ?? {}) as Partial<Record<keyof ClusterRecord, unknown>>
  const { name, index, backend, nodes, realNodes, simulatedNodes, createdAt, tokenWebhook } = record
  if (
    typeof name === 'string' &&
    typeof index === 'number' &&
    (backend === 'native' || backend === 'kind') &&
    (nodes === 'real' || nodes === 'simulated') &&
    typeof realNodes === 'number' &&
    typeof simulatedNodes === 'number' &&
    typeof createdAt === 'string'
  ) {
    const webhook = typeof tokenWebhook === 'string' ? { tokenWebhook } : {}
    return { name, index, backend, nodes, realNodes, simulatedNodes, ...webhook, createdAt }
  }
  throw new DevclusterError('INVALID_ARGUMENT', `${source} is not a cluster of this program`)
}
