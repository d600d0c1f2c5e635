import type { PodWhy } from '@fairlead/contracts/pod-why'
import { connect } from '@fairlead/kube/connection'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { parseKubeconfig } from '@fairlead/kube/kubeconfig-import'
import { createTestDatabase } from '@fairlead/testkit/database'
import { openSchedulerCluster, type SchedulerCluster } from '@fairlead/testkit/scheduler-cluster'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inventoryFixture, loopback, type InventoryFixture } from '../testing/inventory-fixture'
import { firstCases, type SchedulingCase } from '../testing/scheduling/cases'
import { moreCases } from '../testing/scheduling/more-cases'
import { createCase, plantCluster } from '../testing/scheduling/plant'
import { namespace } from '../testing/scheduling/pod-shape'

// The oracle is kube-scheduler itself: what it says of each pod, text by text and count by count.
const cases: readonly SchedulingCase[] = [...firstCases, ...moreCases]
/** Cases in which we are known to say something else, each with the reason. */
const knownToDiffer: Readonly<Record<string, string>> = {}

let fixture: InventoryFixture
let cluster: SchedulerCluster
let admin: KubeClient

const why = (pod: string): Promise<PodWhy> => fixture.ask('pod.why', { cluster: 'sched', namespace, pod })

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
}, 300_000)

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
})
