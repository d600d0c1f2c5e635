import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApiClient } from './api-client'
import { clusterPaths } from './cluster-record'
import type { ClusterInfo } from './cluster-types'
import { processStartTime } from './detached-process'
import { createDevclusters } from './devcluster'

// The folder isn't below a home that other users can't enter, and is short enough for sockets.
const home = mkdtempSync(join(tmpdir(), 'fl-'))
const clusters = createDevclusters({ home })
const nameSpaces = async (info: ClusterInfo) => {
  const api = createApiClient(info.apiServer, clusterPaths(home, info.name).pki)
  try {
    return await api.get('/api/v1/namespaces/kept')
  } finally {
    api.close()
  }
}
let info: ClusterInfo

beforeAll(async () => {
  info = await clusters.create('sim', { nodes: 'simulated', simulatedNodes: 3 })
}, 900_000)

afterAll(async () => {
  await clusters.delete('sim')
  rmSync(home, { recursive: true, force: true })
}, 60_000)

it('creates a running cluster once, however often it is asked', async () => {
  expect(info.state).toBe('running')
  const again = await clusters.create('sim', { nodes: 'simulated', simulatedNodes: 3 })
  expect(again.components).toEqual(info.components)
})

it('takes a component away and brings it back', async () => {
  await clusters.stopComponent('sim', 'scheduler')
  expect((await clusters.list())[0]?.state).toBe('partial')
  await clusters.startComponent('sim', 'scheduler')
  expect((await clusters.list())[0]?.state).toBe('running')
})

it('comes back with its data after a stop, and after every process was killed', async () => {
  const api = createApiClient(info.apiServer, clusterPaths(home, 'sim').pki)
  await api.create('/api/v1/namespaces', { metadata: { name: 'kept' } })
  api.close()
  await clusters.stop('sim')
  expect((await clusters.list())[0]?.state).toBe('stopped')
  const started = await clusters.start('sim')
  expect(await nameSpaces(started)).toMatchObject({ metadata: { name: 'kept' } })
  const pids = started.components.flatMap(({ pid }) => (pid === undefined ? [] : [pid]))
  for (const pid of pids) process.kill(pid, 'SIGKILL')
  while (pids.some((pid) => processStartTime(pid) !== undefined))
    await new Promise((resolve) => setTimeout(resolve, 20))
  const repaired = await clusters.start('sim')
  expect(await nameSpaces(repaired)).toMatchObject({ metadata: { name: 'kept' } })
  expect(repaired.index).toBe(info.index)
}, 600_000)

it('removes a simulated node from the cluster', async () => {
  await clusters.deleteNode('sim', 'sim-0002')
  await expect(clusters.deleteNode('sim', 'no-such-node')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

it('leaves neither process nor folder behind when deleted', async () => {
  const [before] = await clusters.list()
  await clusters.delete('sim')
  for (const { pid } of before?.components ?? []) if (pid) expect(processStartTime(pid)).toBeUndefined()
  expect(existsSync(join(home, 'sim'))).toBe(false)
  const routes = execFileSync('ip', ['route'], { encoding: 'utf8' })
  expect(routes).not.toContain(info.serviceCidr)
})
