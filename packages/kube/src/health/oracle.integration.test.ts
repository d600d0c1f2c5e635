import { openOwnCluster, type OwnCluster } from '@fairlead/testkit/own-cluster'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../connection'
import type { KubeClient } from '../kube-client'
import { parseKubeconfig } from '../kubeconfig-import'
import { kubectlAnswer, ourAnswer, type OracleCase } from '../testing/oracle-case'
import { deploymentCases } from '../testing/oracle-deployments'
import { setCases } from '../testing/oracle-sets'
import {
  isAsExpected,
  lookAtAll,
  namespaceOf,
  playOn,
  prepareWorld,
  takeStep,
  type Course,
  type Seen,
} from '../testing/oracle-world'

// The oracle of every verdict is kubectl rollout status, asked about the same object at the same resourceVersion. API
// server, controllers, scheduler, quota and admission are real; testing/kubelet-player writes what kubelets would.

const cases: readonly OracleCase[] = [...deploymentCases, ...setCases]
let cluster: OwnCluster
let client: KubeClient
const courses = cases.map((row): Course => ({ row, taken: 0, minGeneration: null }))
const answers = new Map<string, { readonly code: number; readonly words: string }>()
/** What there was before kubectl was asked, and after. */
let before: ReadonlyMap<OracleCase, Seen>
let after: ReadonlyMap<OracleCase, Seen>

async function until(what: string, holds: () => Promise<readonly string[]>): Promise<void> {
  const limit = Date.now() + 150_000
  for (;;) {
    const missing = await holds()
    if (missing.length === 0) return
    if (Date.now() > limit) throw new Error(`${what}: ${missing.join('\n')}`)
    await sleep(300)
  }
}

async function notAsExpected(rows: readonly OracleCase[]): Promise<string[]> {
  const seen = await lookAtAll(client, courses)
  return rows
    .filter((row) => !isAsExpected(row, seen.get(row)))
    .map((row) => `${row.name}: ${JSON.stringify(seen.get(row)?.verdict)}`)
}

async function ask(row: OracleCase): Promise<void> {
  const workload = `${row.kind.toLowerCase()}/${row.name}`
  const asked = ['rollout', 'status', workload, '-n', namespaceOf(row), '--watch=false']
  const { code, stdout, stderr } = await cluster.kubectl(...asked)
  answers.set(row.name, { code, words: `${stdout}${stderr}`.trim() })
}

beforeAll(async () => {
  cluster = await openOwnCluster(3)
  client = connect(parseKubeconfig(cluster.adminKubeconfig, { development: true, fileName: 'own' }), {
    allow: { cidrs: ['127.0.0.0/8', '10.0.0.0/8'] },
  })
  await prepareWorld(client)
  let running = true
  await until('the steps of all cases', async () => {
    running = !(await playOn(client, courses))
    const open = courses.filter(({ row, taken }) => taken < row.steps.length)
    return running ? ['on the way', ...open.map(({ row }) => row.name)] : []
  })
  const observed = cases.filter(({ unseen }) => unseen === undefined)
  await until('verdicts', () => notAsExpected(observed))
  await cluster.stop('controller-manager')
  // It would make a node ready again at once.
  await cluster.stop('kwok')
  for (const course of courses)
    if (course.row.unseen !== undefined) await takeStep(client, course, course.row.unseen)
  before = await lookAtAll(client, courses)
  for (let index = 0; index < cases.length; index += 2)
    await Promise.all(cases.slice(index, index + 2).map(ask))
  after = await lookAtAll(client, courses)
})
afterAll(async () => {
  client?.close()
  await cluster?.close()
})

describe('a verdict beside kubectl rollout status on the same live object', () => {
  it.each(cases)('$kind $name', (row) => {
    const [seen, answer] = [before.get(row), answers.get(row.name)]
    expect(after.get(row)?.object.metadata.resourceVersion).toBe(seen?.object.metadata.resourceVersion)
    expect(seen?.verdict).toMatchObject({
      state: row.ours.state,
      message: expect.stringMatching(row.ours.says) as unknown,
    })
    expect(answer?.words).toMatch(row.kubectl.says)
    expect(answer?.code).toBe(row.kubectl.code)
    const agree =
      seen !== undefined &&
      answer !== undefined &&
      ourAnswer[seen.verdict.state] === kubectlAnswer(answer.code, answer.words)
    expect(agree, row.why ?? 'they differ, and no reason is given').toBe(row.why === undefined)
  })

  it('is given in at least 30 cases, and differs from it only where the table says why', () => {
    const differing = cases.filter(({ why }) => why !== undefined)
    expect(cases.length).toBeGreaterThanOrEqual(30)
    expect(answers.size).toBe(cases.length)
    expect(differing.map(({ name }) => name).toSorted()).toEqual(disagreements.toSorted())
  })
})

/** Named once more, so that none comes or goes unseen. */
const disagreements = [
  'scaled-to-nothing set-of-nothing set-held-back-whole daemon-nowhere',
  'image-pull crash-loop out-of-memory no-config never-ready bad-image-over-good',
  'unschedulable quota no-account not-admitted paused-when-complete',
  'set-image-pull set-crash-loop daemon-image-pull set-ready-not-available',
  'set-on-delete-waits set-on-delete-done daemon-on-delete set-quota daemon-quota',
].flatMap((names) => names.split(' '))
