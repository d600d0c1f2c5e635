import { optInKinds, watchedKindNames } from '@fairlead/contracts/kinds'
import type pg from 'pg'
import { kubectlFor, type Kubectl } from '../harness/cluster'
import { openFleet, type FleetSize } from '../harness/fleet'
import { openInstallationDatabase, synced } from '../harness/installation-database'
import { measurePodList } from '../harness/pod-list'
import { childIn, residentMb, watchMemory, type MemoryWatch } from '../harness/process-tree'
import { resultRow, type ResultRow } from '../harness/result'
import type { BenchStack } from '../harness/stack'
import type { Suite, SuiteContext } from '../harness/suite'
import { pause } from '../harness/wait'

const runs = 3
const fleetSize: FleetSize = { name: 'fleet', nodes: 500, pods: 10_000 }
const calmMs = 30_000

interface Sync {
  /** Seconds from the request to register until every pod is stored, and until every kind is. */
  readonly pods: number
  readonly everything: number
  /** MB of the watcher, while it synced and when it was calm after. */
  readonly peak: number
  readonly steady: number
  /** Seconds of `kubectl get pods -A -o json`, just before. */
  readonly kubectl: number
}

/** 500 nodes and 10,000 pods of kwok, registered, synced, listed and removed again, three times. */
async function run(bench: BenchStack, { say, atEnd }: SuiteContext): Promise<readonly ResultRow[]> {
  const fleet = openFleet(bench.stack.home, fleetSize, say)
  const remove = atEnd(fleet.remove)
  try {
    const info = await fleet.create()
    const kubectl = await kubectlFor(info.adminKubeconfig, bench.stack.clusters)
    const database = await openInstallationDatabase(bench.stack.home)
    const syncs: Sync[] = []
    let lists: readonly ResultRow[] = []
    for (let turn = 0; turn < runs; turn++) {
      const { sync, cluster } = await measureSync({
        bench,
        database,
        kubectl,
        kubeconfig: info.consoleKubeconfig,
      })
      syncs.push(sync)
      say(`scale ${turn + 1}/${runs}: ${JSON.stringify(sync)}`)
      if (turn === runs - 1) lists = await measurePodList(bench, kubectl)
      await bench.api.cluster.remove.mutate({ cluster, confirm: 'fleet' })
      await pause(5_000)
    }
    await database.end()
    return [...syncRows(syncs), ...lists]
  } finally {
    await remove()
  }
}

function syncRows(syncs: readonly Sync[]): ResultRow[] {
  const of = (part: keyof Sync): number[] => syncs.map((sync) => sync[part])
  const shape = `${fleetSize.nodes} nodes, ${fleetSize.pods} pods`
  return [
    resultRow({
      shape: `${shape}: registration → pods synced, beside kubectl get pods -A -o json`,
      unit: 's',
      samples: of('pods'),
      baseline: of('kubectl'),
      goal: { of: 'ratio', atMost: 1.5 },
    }),
    resultRow({
      shape: `${shape}: registration → all ${syncedKinds.length} kinds synced`,
      unit: 's',
      samples: of('everything'),
    }),
    resultRow({
      shape: `${shape}: watcher memory, peak while syncing`,
      unit: 'MB',
      samples: of('peak'),
      goal: { of: 'value', atMost: 250 },
    }),
    resultRow({
      shape: `${shape}: watcher memory, ${calmMs / 1000} s after`,
      unit: 'MB',
      samples: of('steady'),
      goal: { of: 'value', atMost: 250 },
    }),
  ]
}

const syncedKinds = watchedKindNames.filter((kind) => !optInKinds.includes(kind))

interface SyncDeps {
  readonly bench: BenchStack
  readonly database: pg.Client
  readonly kubectl: Kubectl
  readonly kubeconfig: string
}

async function measureSync({ bench, database, kubectl, kubeconfig }: SyncDeps) {
  const baseline = await kubectl(['get', 'pods', '--all-namespaces', '--output', 'json'])
  if (baseline.code !== 0) throw new Error(baseline.stderr)
  const watcher = childIn(bench.stack.pid, 'cluster-watcher')
  const memory: MemoryWatch = watchMemory(watcher)
  const startedAt = Date.now()
  const seconds = (): number => (Date.now() - startedAt) / 1000
  const cluster = await bench.register('fleet', kubeconfig)
  await synced(database, { cluster, kind: 'Pod', atLeast: fleetSize.pods })
  const pods = seconds()
  for (const kind of syncedKinds) await synced(database, { cluster, kind, atLeast: 0 })
  const everything = seconds()
  await pause(calmMs)
  const peak = memory.peak()
  memory.stop()
  const sync: Sync = { pods, everything, peak, steady: residentMb(watcher), kubectl: baseline.ms / 1000 }
  return { sync, cluster }
}

export const scale: Suite = { needs: 'console', run }
