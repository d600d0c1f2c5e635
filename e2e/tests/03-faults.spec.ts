import { createDevclusters } from '@fairlead/devcluster/devcluster'
import * as given from '../story/given'
import { processesBelow, type ProcessRow } from '../story/processes'
import { deploys, itReaches, theImagesAre } from '../story/when'
import { opens } from '../story/pages'
import { expect, story } from '../story/world'
import net from 'node:net'

const project = 'faults'
const application = 'quay'

story(
  'a cluster whose API server stops is stale within ten seconds, no other is, and everything catches up',
  async ({ world }) => {
    const { api, page } = await world.browserOf('Ada')
    await given.project(api, project, application)
    await api.application.apply.mutate({
      document: given.applicationDocument({ name: application, project, stages: 'staging' }),
    })
    const first = await deploys(api, { project, application, manifests: given.manifests('1.0.0') })
    await itReaches(api, first.rollout, ['succeeded'])
    await opens(page, '/fleet')
    const card = (name: string) => page.getByRole('article', { name })
    await expect(card('production').getByText('Live')).toBeVisible()

    const devclusters = createDevclusters({ home: world.stack.clusters })
    await devclusters.stopComponent('production', 'apiserver')
    await expect(card('production').getByText(/last seen/i)).toBeVisible({ timeout: 10_000 })
    await expect(card('staging').getByText('Live')).toBeVisible()
    await page.waitForTimeout(60_000)
    await expect(card('staging').getByText('Live')).toBeVisible()
    await devclusters.startComponent('production', 'apiserver')
    await expect(card('production').getByText('Live')).toBeVisible({ timeout: 180_000 })
    // Its node may count as lost for a moment: nobody could hear it for a minute.
    const readyNodes = async () =>
      (await api.fleet.get.query({})).clusters.find(({ name }) => name === 'production')?.nodes?.ready
    await expect.poll(readyNodes, { timeout: 180_000 }).toBe(1)
  },
)

for (const fault of ['worker killed', 'watcher killed', 'Redis emptied', 'PostgreSQL restarted'] as const)
  story(`${fault} in the middle of a rollout: it ends in the same world`, async ({ world }) => {
    const { api } = await world.browserOf('Ada')
    const before = await api.application.get.query({ project, application })
    const version = before.stages[0]?.verified?.images.join().includes('1.0.0') === true ? '1.1.0' : '1.0.0'
    const { rollout } = await deploys(api, { project, application, version })
    await faults[fault]?.(world.stack.pid)
    await expect
      .poll(
        () =>
          api.rollout.get
            .query({ rollout })
            .then((view) => view.state)
            .catch(() => 'unavailable'),
        { timeout: 300_000 },
      )
      .toBe('succeeded')
    // A rollout asks the cluster itself; what the watcher sees may come after, the more so when it had to start again.
    await theImagesAre(api, application, `demo-web:${version}`)
    const view = await api.rollout.get.query({ rollout })
    expect(
      view.timeline.filter((entry) => entry.kind === 'converged' && entry.stage === 'staging').length,
    ).toBeLessThanOrEqual(1)
    expect((await api.audit.verify.query({})).intact).toBe(true)
  })

type Which = (row: ProcessRow) => boolean
const inFolder =
  (folder: string): Which =>
  (row) =>
    row.cwd.endsWith(folder)
const runs =
  (binary: RegExp): Which =>
  (row) =>
    binary.test(row.command)

/** After the fault before, it may still be coming up again. */
async function found(pid: number, which: Which): Promise<ProcessRow> {
  let row: ProcessRow | undefined
  await expect.poll(() => (row = processesBelow(pid).find(which)), { message: 'whom to harm' }).toBeDefined()
  return row ?? { pid: 0, command: '', cwd: '' }
}
const kill = (which: Which) => async (pid: number) =>
  void process.kill((await found(pid, which)).pid, 'SIGKILL')

const faults: Record<string, (pid: number) => Promise<void>> = {
  'worker killed': kill(inFolder('apps/workload-worker')),
  'watcher killed': kill(inFolder('apps/cluster-watcher')),
  'Redis emptied': async (pid) =>
    flush(Number(/:(\d+)/.exec((await found(pid, runs(/redis-server|valkey-server/))).command)?.[1])),
  'PostgreSQL restarted': kill(runs(/postgres -D/)),
}

const flush = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write('FLUSHALL\r\n'))
    socket.once('error', reject)
    socket.once('data', () => {
      socket.end()
      resolve()
    })
  })
