import type { EntryName, InputOf } from '@fairlead/contracts/surface'
import type { WorkloadEntryName } from '../entries'
import { rolloutsOf, type CrashPlace, type CrashProcess } from './crash-place'
import { configMap, deployment, documents, type Person, type StageWish } from './scene'
import { worldOf } from './watch-world'

/** A step that its process did not survive is taken by the next one. */
type Step = (place: CrashPlace, process: CrashProcess) => Promise<void>

export interface CrashStory {
  stage?(id: string): Omit<StageWish, 'name'>
  /** Nobody dies in these. */
  readonly before?: readonly Step[]
  readonly steps: readonly Step[]
  /** Its rollouts, in the end. */
  readonly ends: readonly string[]
}

/** One that asks for pods that no node takes stays in progress; one that asks for none has arrived at once. */
const web = (version: number, broken: boolean): string =>
  deployment({ image: `registry.example/web:${version}`, replicas: broken ? 1 : 0, broken })

const database = (version: number, broken: boolean): string =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db' },
    spec: {
      serviceName: 'db',
      replicas: 1,
      selector: { matchLabels: { app: 'db' } },
      template: {
        metadata: { labels: { app: 'db' } },
        spec: {
          terminationGracePeriodSeconds: 0,
          ...(broken ? { nodeSelector: { 'example.org/nowhere': 'true' } } : {}),
          containers: [{ name: 'db', image: `registry.example/db:${version}` }],
        },
      },
    },
  })

const deploy =
  (version: number, { broken = false, workload = web, leaves = false } = {}): Step =>
  ({ application }, process) =>
    process.ask('ada', 'rollout.deploy', {
      application,
      change: {
        manifests: documents(
          workload(version, broken),
          configMap('config', { k: `value ${version}` }),
          ...(leaves ? [configMap(`only-${version}`, { only: 'here' })] : []),
        ),
      },
    })

const latest = async (place: CrashPlace): Promise<number> => (await rolloutsOf(place)).length
const settled: Step = async (place, process) => process.drive(await latest(place))
const firstSettled: Step = (_, process) => process.drive(1)

const until =
  (isThere: (place: CrashPlace) => Promise<boolean>): Step =>
  async (place, process) =>
    process.drive(await latest(place), () => isThere(place))

const waiting = until(async (place) => (await rolloutsOf(place)).at(-1)?.state === 'waiting')
const halted = until(async (place) => (await rolloutsOf(place)).at(-1)?.runs[0]?.state === 'halted')
/** Put back before its controllers saw it, a broken revision would never have been, nor what shows that it is broken. */
const refused = until(async ({ scene, namespaces }) => {
  const found = await Promise.all(namespaces.map((name) => worldOf(scene).isUnschedulable(name)))
  return found.includes(true)
})
const held = (isHeld: boolean): Step =>
  until(async ({ scene }) => ((await worldOf(scene).pausedOf()) === true) === isHeld)

const expire: Step = async (place) => {
  place.overdue = true
}
const nobodyCame: Step = async ({ scene, application }) =>
  void (await scene.database.db.rolloutStage.updateMany({
    where: { rollout: { application: { name: application } } },
    data: { planRequestedAt: new Date(0) },
  }))

const ask =
  <K extends WorkloadEntryName & EntryName>(
    person: Person,
    name: K,
    inputOf: (place: CrashPlace, rollout: string) => InputOf<K> | Promise<InputOf<K>>,
  ): Step =>
  async (place, process) =>
    process.ask(person, name, await inputOf(place, (await rolloutsOf(place)).at(-1)?.id ?? ''))

const decide = (person: Person, word: 'approve' | 'reject'): Step =>
  ask(person, `rollout.${word}`, async ({ scene }, rollout) => {
    const { stages } = await scene.call(person, 'rollout.get', { rollout })
    return { rollout, stage: 'staging', planDigest: stages[0]?.plan?.digest ?? '', reason: 'read it' }
  })
const pause = ask('ada', 'rollout.pause', (_, rollout) => ({ rollout, reason: 'look' }))
const resume = ask('ada', 'rollout.resume', (_, rollout) => ({ rollout }))
const cancel = ask('ada', 'rollout.cancel', (_, rollout) => ({ rollout, reason: 'enough' }))
const rollback = ask('ada', 'rollout.rollback', ({ application }) => ({
  application,
  stage: 'staging',
  reason: 'slow pages',
}))
const rollbackWaves = ask('ada', 'rollout.rollbackWaves', (_, rollout) => ({ rollout, reason: 'not good' }))

const inWaves = (id: string): Omit<StageWish, 'name'> => ({
  selector: `{ fleet: '${id}' }`,
  waves: '{ order: [region] }',
  onFailure: 'hold',
})
const twoApprovals = () => ({ approval: '{ quorum: 2 }' })

export const crashStories: Readonly<Record<string, CrashStory>> = {
  'a first deploy, its namespace included, and one over it that holds less': {
    steps: [deploy(1, { leaves: true }), settled, deploy(2), settled],
    ends: ['succeeded', 'succeeded'],
  },
  'an automatic rollback': {
    before: [deploy(1), settled],
    steps: [deploy(2, { broken: true }), refused, expire, settled],
    ends: ['succeeded', 'rolled_back'],
  },
  'a rollback by hand': {
    before: [deploy(1), settled, deploy(2), settled],
    steps: [rollback, settled],
    ends: ['succeeded', 'succeeded', 'succeeded'],
  },
  'a rollback past the pod that holds a StatefulSet up': {
    before: [
      deploy(1, { workload: database }),
      settled,
      deploy(2, { workload: database, broken: true }),
      refused,
      expire,
    ],
    steps: [settled],
    ends: ['succeeded', 'rolled_back'],
  },
  'two approvals, and what follows from them': {
    stage: twoApprovals,
    before: [deploy(1), waiting],
    steps: [decide('bob', 'approve'), decide('cleo', 'approve'), settled],
    ends: ['succeeded'],
  },
  'a newer deploy amid the approvals of another, and its rejection': {
    stage: twoApprovals,
    before: [deploy(1), waiting, decide('bob', 'approve')],
    steps: [deploy(2), firstSettled, waiting, decide('cleo', 'reject'), settled],
    ends: ['superseded', 'rejected'],
  },
  'an approval that nobody gives in time': {
    stage: () => ({ approval: '{ quorum: 1, expires: 1h }' }),
    before: [deploy(1), waiting, nobodyCame],
    steps: [settled],
    ends: ['cancelled'],
  },
  'a pause, its end, and a pause that ends with a cancellation': {
    before: [deploy(1, { broken: true }), refused],
    steps: [pause, held(true), resume, held(false), pause, held(true), cancel, settled],
    ends: ['cancelled'],
  },
  'a wave after another, a wave that fails, and the way back': {
    stage: inWaves,
    steps: [deploy(1), settled, deploy(2, { broken: true }), refused, expire, halted, rollbackWaves, settled],
    ends: ['succeeded', 'rolled_back'],
  },
}
