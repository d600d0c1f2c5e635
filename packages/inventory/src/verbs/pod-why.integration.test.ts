import type { PodWhy } from '@fairlead/contracts/pod-why'
import { connect } from '@fairlead/kube/connection'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { parseKubeconfig } from '@fairlead/kube/kubeconfig-import'
import { createTestDatabase } from '@fairlead/testkit/database'
import { openSchedulerCluster, type SchedulerCluster } from '@fairlead/testkit/scheduler-cluster'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, inventoryFixture, loopback, type InventoryFixture } from '../testing/inventory-fixture'
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

interface Outcome {
  readonly name: string
  readonly agrees: boolean
  readonly scheduler: string
  readonly fairlead: string
  readonly differences: string
}

/** The scheduler looks again when something changes: its last word counts once it names what the case is about. */
async function judge({ name, says }: SchedulingCase): Promise<Outcome> {
  let last: PodWhy | undefined
  const settled = await eventually(`the scheduler says "${says}" of ${name}`, async () => {
    last = await why(name)
    const { comparison } = last.scheduling ?? { comparison: null }
    return comparison?.verdict === 'agree' && comparison.scheduler?.message.includes(says) === true
  }).catch(() => false)
  const scheduling = last?.scheduling
  return {
    name,
    agrees: settled === true,
    scheduler: scheduling?.comparison.scheduler?.message ?? '(nothing)',
    fairlead: scheduling?.message ?? '(nothing)',
    differences: JSON.stringify(scheduling?.comparison.differences),
  }
}

describe('why a pod is pending', () => {
  it('says what kube-scheduler says, of every constructed case', async () => {
    const outcomes = []
    for (const each of cases) outcomes.push(await judge(each))
    const differing = outcomes.filter(({ agrees }) => !agrees)
    process.stdout.write(
      `  kube-scheduler: ${outcomes.length - differing.length} of ${cases.length} cases agree\n`,
    )
    for (const { name, scheduler, fairlead, differences } of differing)
      process.stdout.write(
        `  differs: ${name}\n    it: ${scheduler}\n    we: ${fairlead}\n    ${differences}\n`,
      )
    expect(differing.map(({ name }) => name).toSorted()).toEqual(Object.keys(knownToDiffer).toSorted())
    expect(cases.length).toBeGreaterThanOrEqual(40)
  }, 400_000)
})
