import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiClient } from './api-client'
import { clusterPaths } from './cluster-record'
import type { ClusterInfo } from './cluster-types'
import { createDevclusters } from './devcluster'
import { mountsBelow } from './mounts'
import { planNetwork } from './network-plan'

// As the clone of somebody with deep folders: more than twice what the path of a socket may take.
const base = mkdtempSync(join('/var/tmp', 'fl-long-'))
const home = join(base, ...Array.from({ length: 8 }, () => 'a-folder-with-a-rather-long-name'))
const clusters = createDevclusters({ home })

describe.skipIf(process.getuid?.() !== 0)('a cluster with a real node below a very long path', () => {
  let info: ClusterInfo
  let runDir: string
  beforeAll(async () => {
    mkdirSync(home, { recursive: true })
    info = await clusters.create('deep', { nodes: 'real' })
    ;({ runDir } = planNetwork('deep', info.index, 1))
  }, 900_000)
  afterAll(async () => {
    await clusters.delete('deep')
    rmSync(base, { recursive: true, force: true })
  }, 120_000)

  it('comes up, and its node runs pods', async () => {
    expect(Buffer.byteLength(home)).toBeGreaterThan(2 * 107)
    expect(info.state).toBe('running')
    const api = createApiClient(info.apiServer, clusterPaths(home, 'deep').pki)
    try {
      const { items } = (await api.get('/api/v1/pods')) as { items: { status: { phase: string } }[] }
      expect(items.map(({ status }) => status.phase)).toContain('Running')
    } finally {
      api.close()
    }
  })

  it('keeps no mount when it is stopped, comes back, and leaves nothing when it is deleted', async () => {
    expect(mountsBelow(runDir).length).toBeGreaterThan(0)
    await clusters.stop('deep')
    expect([...mountsBelow(runDir), ...mountsBelow(base)]).toEqual([])
    expect((await clusters.start('deep')).state).toBe('running')
    await clusters.delete('deep')
    expect([...mountsBelow(runDir), ...mountsBelow(base)]).toEqual([])
    expect([existsSync(runDir), existsSync(join(home, 'deep'))]).toEqual([false, false])
  }, 900_000)
})
