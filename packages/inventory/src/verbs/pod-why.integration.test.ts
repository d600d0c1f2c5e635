import type { PodWhy } from '@fairlead/contracts/pod-why'
import type { Placement } from '@fairlead/contracts/scheduling-scores'
import { explainCreation } from '@fairlead/insight/creation/explain'
import type { Call } from '@fairlead/kernel/context'
import { connect } from '@fairlead/kube/connection'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { parseKubeconfig } from '@fairlead/kube/kubeconfig-import'
import { createTestDatabase } from '@fairlead/testkit/database'
import { openSchedulerCluster, type SchedulerCluster } from '@fairlead/testkit/scheduler-cluster'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  callAs,
  eventually,
  inventoryFixture,
  loopback,
  type InventoryFixture,
} from '../testing/inventory-fixture'
import { firstCases, type SchedulingCase } from '../testing/scheduling/cases'
import { moreCases } from '../testing/scheduling/more-cases'
import { createCase, plantCluster } from '../testing/scheduling/plant'
import { refusalOverQuota } from '../testing/scheduling/over-quota'
import { narrowKubeconfig } from '../testing/scheduling/narrow-kubeconfig'
import {
  createPlacement,
  placementCases,
  plantPlacements,
  type PlacementCase,
} from '../testing/scheduling/placements'
import { namespace, onNode, requests } from '../testing/scheduling/pod-shape'

// The oracle is kube-scheduler itself: what it says of each pod, text by text and count by count.
const cases: readonly SchedulingCase[] = [...firstCases, ...moreCases]
/** Cases in which we are known to say something else, each with the reason. */
const knownToDiffer: Readonly<Record<string, string>> = {}

const quotaCases = [
  [
    'quota-cpu',
    { 'requests.cpu': '10m' },
    { resource: 'requests.cpu', requested: '1', used: '0', limited: '10m' },
  ],
  ['quota-pods', { pods: '1' }, { resource: 'pods', requested: '1', used: '1', limited: '1' }],
] as const

let fixture: InventoryFixture
let cluster: SchedulerCluster
let admin: KubeClient

const why = (pod: string, call?: Call): Promise<PodWhy> =>
  fixture.ask('pod.why', { cluster: 'sched', namespace, pod }, call)

beforeAll(async () => {
  cluster = await openSchedulerCluster()
  fixture = inventoryFixture(await createTestDatabase())
  const connection = parseKubeconfig(cluster.adminKubeconfig, { development: true })
  admin = connect(connection, { allow: { cidrs: loopback } })
  await plantCluster(admin)
  await fixture.ask('cluster.register', {
    name: 'sched',
    kubeconfig: cluster.consoleKubeconfig,
    environment: 'development',
  })
  for (const shape of cases) await createCase(admin, shape)
}, 400_000)

afterAll(async () => {
  admin?.close()
  await fixture?.close()
  await cluster?.close()
}, 60_000)

type Answers = Map<string, PodWhy>
const saidOf = (answer: PodWhy | undefined): string => answer?.scheduling?.comparison.scheduler?.message ?? ''

/** The scheduler looks again when something changes: its last word counts once it names what the case is about. */
function settled({ name, says }: SchedulingCase, answer: PodWhy): boolean {
  const agrees = answer.scheduling?.comparison.verdict === 'agree'
  return saidOf(answer).includes(says) && (agrees || name in knownToDiffer)
}

/** Asks of all, again and again of those that are open, until none is or time is up. */
async function judgeAll(): Promise<{ answers: Answers; open: readonly SchedulingCase[] }> {
  const answers: Answers = new Map()
  const giveUpAt = Date.now() + 150_000
  let open = cases
  while (open.length > 0 && Date.now() < giveUpAt) {
    const still: SchedulingCase[] = []
    for (const each of open) {
      const answer = await why(each.name)
      answers.set(each.name, answer)
      if (!settled(each, answer)) still.push(each)
    }
    open = still
    if (open.length > 0) await sleep(500)
  }
  return { answers, open }
}

function report(answers: Answers, open: readonly SchedulingCase[]): void {
  const lines = open.map(({ name, says }) => {
    const scheduling = answers.get(name)?.scheduling
    const differences = JSON.stringify(scheduling?.comparison.differences)
    return `  differs: ${name} (${says})\n    it: ${saidOf(answers.get(name))}\n    we: ${scheduling?.message}\n    ${differences}\n`
  })
  const agreed = cases.length - open.length - Object.keys(knownToDiffer).length
  process.stdout.write(`  kube-scheduler: ${agreed} of ${cases.length} cases agree\n${lines.join('')}`)
}

describe('why a pod is pending', () => {
  it('says what kube-scheduler says, of every constructed case', async () => {
    const { answers, open } = await judgeAll()
    report(answers, open)
    expect(open.map(({ name }) => name)).toEqual([])
    expect(cases.length).toBeGreaterThanOrEqual(60)
  }, 400_000)

  it('waits for gates, and models no other scheduler than kube-scheduler', async () => {
    await createCase(admin, { name: 'gated', spec: { schedulingGates: [{ name: 'example.com/quota' }] } })
    await createCase(admin, { name: 'foreign', spec: { schedulerName: 'batch' } })
    expect((await why('gated')).words).toContain('example.com/quota')
    expect((await why('foreign')).scheduling?.state).toBe('not_modelled')
  })

  it('says what would have to change, and it is true', async () => {
    const { scheduling } = await why('cpu-held')
    expect(scheduling?.whatIfs.map(({ change }) => change)).toContain(
      'it requested 100m cpu less (200m instead of 300m)',
    )
    await createCase(admin, {
      name: 'cpu-asked-less',
      container: requests({ cpu: '200m' }),
      spec: onNode('small-1'),
    })
    await eventually(
      'the smaller pod is placed',
      async () => (await why('cpu-asked-less')).scheduling === null,
    )
  })
})

describe('why a pod is where it is', () => {
  const placementOf = async (pod: string): Promise<Placement | null> => {
    const input = { cluster: 'sched', namespace, pod, placement: true }
    return (await fixture.ask('pod.why', input)).placement
  }
  /** Whether the plugin that the case is about tells its nodes apart. */
  const tells = ({ by }: PlacementCase, { ranking }: Placement): boolean =>
    by === null || new Set(ranking?.nodes.map(({ scores }) => scores[by])).size > 1

  it('ranks the node that kube-scheduler took among the highest, in every constructed case', async () => {
    await plantPlacements(admin)
    const open: string[] = []
    for (const each of placementCases) {
      await createPlacement(admin, each)
      const placed = await eventually(`${each.name} is placed`, () => placementOf(each.name))
      const scored = JSON.stringify(placed.ranking?.nodes)
      if (!(placed.ranking?.best.includes(placed.node) ?? false))
        open.push(`${each.name}: taken ${placed.node}, ${placed.words} ${scored}`)
      else if (!tells(each, placed)) open.push(`${each.name}: ${each.by} does not tell them apart ${scored}`)
    }
    const agreed = placementCases.length - open.length
    process.stdout.write(`  kube-scheduler: ${agreed} of ${placementCases.length} placements agree\n`)
    expect(open).toEqual([])
  }, 300_000)
})

describe('why a pod crashes', () => {
  it('reads how the container ended from the pod itself', async () => {
    const path = `/api/v1/namespaces/${namespace}/pods/web-1/status`
    const ended = { exitCode: 137, reason: 'OOMKilled', startedAt: new Date().toISOString() }
    const containerStatuses = [
      {
        name: 'main',
        image: 'none',
        imageID: '',
        ready: false,
        restartCount: 4,
        state: {
          waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s restarting failed container' },
        },
        lastState: { terminated: ended },
      },
    ]
    await admin.json({
      method: 'PATCH',
      path,
      contentType: 'application/merge-patch+json',
      body: { status: { containerStatuses } },
    })
    const { scheduling, findings } = await why('web-1')
    expect(scheduling).toBeNull()
    expect(findings.map(({ code }) => code)).toEqual(['oom_killed', 'back_off'])
  })
})

describe('what the API server refuses to make', () => {
  it.each(quotaCases)('is read from its own words: %s', async (name, hard, quota) => {
    const message = await refusalOverQuota(admin, name, hard)
    expect(explainCreation(message)).toMatchObject({ code: 'quota', quotas: [quota] })
  })
})

describe('who may ask, and what is told', () => {
  const viewerOf = async (where: string): Promise<Call> => {
    const { id } = await fixture.database.db.cluster.findFirstOrThrow({ where: { name: 'sched' } })
    const destinations = { create: { clusterId: id, namespace: where } }
    const project = await fixture.database.db.project.create({ data: { name: `of-${where}`, destinations } })
    return callAs([{ projectId: project.id, role: 'viewer' }])
  }

  it('does not answer about a namespace that the person may not see', async () => {
    await expect(why('cpu-held', await viewerOf('other'))).rejects.toMatchObject({ code: 'not_found' })
  })

  it('counts pods of other namespaces without naming them', async () => {
    const answer = await why('guest-by-label', await viewerOf(namespace))
    expect(JSON.stringify(answer)).not.toContain('other/guest')
    expect(JSON.stringify(answer.scheduling?.groups)).toContain('1 pod you may not see')
  })

  it('says what the credential may not read', async () => {
    await fixture.ask('cluster.rotate', {
      cluster: 'sched',
      kubeconfig: await narrowKubeconfig(admin, cluster),
    })
    const answer = await why('cpu-held')
    expect(answer.scheduling?.state).toBe('not_seen')
    expect(answer.scheduling?.words).toContain('nodes are available')
    expect(answer.unseen.map(({ what }) => what)).toEqual(['nodes'])
  })
})
