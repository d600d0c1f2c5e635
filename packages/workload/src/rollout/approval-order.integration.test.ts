import type { StageSpec } from '@fairlead/contracts/application'
import { isFairleadError } from '@fairlead/contracts/errors'
import { isTerminal, type RolloutState, type StageState } from '@fairlead/contracts/rollout-states'
import fc from 'fast-check'
import crypto from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { toJson } from '../application/stored'
import { aPlan, aStage, anObservation } from '../testing/plan-samples'
import { createScene, type Person, type Scene } from '../testing/scene'
import { countedApprovals } from './approvals'
import { planRollout } from './plan'

// Any order of what people and clusters do to a request for approval, on a real database through the real doors, against
// a model of a few lines. The cluster's part, a fresh plan, is its digest.
let scene: Scene
beforeAll(async () => {
  scene = await createScene()
})
afterAll(() => scene.drop())

const deciders = ['ada', 'bob', 'cleo', 'root'] as const satisfies readonly Person[]
const digests = ['1', '2', '3'].map((digit) => digit.repeat(64))
const spec: StageSpec = {
  ...aStage({ state: 'awaiting_approval', approval: true }).spec,
  approval: { quorum: 2, roles: ['approver'], excludeRequester: true, expires: '24h' },
}

const who = fc.constantFrom(...deciders)
const events = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('approve' as const), who, seen: fc.nat(2) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('reject' as const), who, seen: fc.nat(2) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('replan' as const), to: fc.nat(2) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('revoke' as const), who }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('restore' as const), who }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('disable' as const), who }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'expire' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'cancel' as const }) },
    { weight: 3, arbitrary: fc.constant({ kind: 'pass' as const }) },
  ),
  { minLength: 4, maxLength: 14 },
)
type Event = (typeof events extends fc.Arbitrary<infer All> ? All : never)[number]

interface Model {
  /** The plan that is shown. */
  digest: number
  /** By person, what was decided about which plan. */
  readonly given: { who: Person; digest: number; decision: 'approved' | 'rejected' }[]
  readonly approvers: Set<Person>
  readonly disabled: Set<Person>
  expired: boolean
  ended: 'rejected' | 'cancelled' | 'applied' | null
}

const mayDecide = (model: Model, person: Person): boolean =>
  person !== 'ada' && model.approvers.has(person) && !model.disabled.has(person)
const counted = (model: Model): number =>
  new Set(
    model.given
      .filter(
        (one) => one.decision === 'approved' && one.digest === model.digest && mayDecide(model, one.who),
      )
      .map((one) => one.who),
  ).size

/** Whether the door takes the decision. */
function decides(model: Model, event: Extract<Event, { seen: number }>): boolean {
  const decision = event.kind === 'approve' ? 'approved' : 'rejected'
  const said = model.given.find((one) => one.who === event.who && one.digest === event.seen)
  const taken =
    model.ended === null &&
    mayDecide(model, event.who) &&
    !model.expired &&
    event.seen === model.digest &&
    said?.decision !== decision
  if (!taken) return false
  if (said === undefined) model.given.push({ who: event.who, digest: event.seen, decision })
  else said.decision = decision
  if (event.kind === 'reject') model.ended = 'rejected'
  return true
}

async function request() {
  const { db } = scene.database
  const name = `order-${crypto.randomBytes(5).toString('hex')}`
  const application = await db.application.create({
    data: { projectId: scene.projectId, name, document: {} },
  })
  const release = await db.release.create({
    data: {
      applicationId: application.id,
      number: 1,
      digest: 'd',
      manifests: [],
      images: [],
      source: {},
      authorId: 'ada',
      authorName: 'ada',
    },
  })
  const plan = (digest: number) => toJson(aPlan({ digest: digests[digest] ?? '' }))
  const rollout = await db.rollout.create({
    data: {
      applicationId: application.id,
      number: 1,
      kind: 'deploy',
      state: 'waiting',
      releaseId: release.id,
      requesterId: 'ada',
      requesterName: 'ada',
      stages: toJson([spec]),
      runs: {
        create: [
          {
            name: spec.name,
            position: 0,
            state: 'awaiting_approval',
            plan: plan(0),
            planDigest: digests[0] ?? '',
            planRequestedAt: new Date(),
          },
        ],
      },
    },
  })
  return { rollout: rollout.id, plan }
}

const roleOf = (person: Person) => ({ userId: person, projectId: scene.projectId, role: 'approver' })

async function restoreEverybody(): Promise<void> {
  const { db } = scene.database
  await db.user.updateMany({ data: { disabledAt: null } })
  for (const person of ['ada', 'bob', 'cleo'] as const)
    if ((await db.membership.count({ where: roleOf(person) })) === 0)
      await db.membership.create({ data: roleOf(person) })
}

/** What the reconciler would do next, with the approvals that count in the database and the plan that is shown. */
async function pass(rollout: string): Promise<StageState | null> {
  const { db } = scene.database
  const row = await db.rollout.findUniqueOrThrow({
    where: { id: rollout },
    include: { runs: { include: { approvals: true } } },
  })
  const [run] = row.runs
  if (run === undefined || spec.approval === undefined) throw new Error('there is no stage')
  const approvals = await countedApprovals(db, {
    projectId: scene.projectId,
    requesterId: 'ada',
    approval: spec.approval,
    planDigest: run.planDigest,
    given: run.approvals,
  })
  const plan = aPlan({ digest: run.planDigest ?? '' })
  const stage = {
    ...aStage({ state: run.state as StageState, approval: true, approvals, fresh: { kind: 'plan', plan } }),
    spec,
    plan,
    planDigest: run.planDigest,
    planRequestedAt: run.planRequestedAt,
  }
  const decision = planRollout(anObservation([stage], row.state as RolloutState), new Date())
  return decision.writes.stages[0]?.state ?? null
}

interface World {
  readonly model: Model
  readonly rollout: string
  readonly plan: (digest: number) => ReturnType<typeof toJson>
}

async function decide({ model, rollout }: World, event: Extract<Event, { seen: number }>): Promise<void> {
  const input = { rollout, stage: spec.name, planDigest: digests[event.seen] ?? '', reason: 'read it' }
  const error: unknown = await scene.call(event.who, `rollout.${event.kind}`, input).then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error !== null && (!isFairleadError(error) || error.code === 'internal')) throw error
  expect([event, error === null]).toEqual([event, decides(model, event)])
}

async function step(world: World, event: Event): Promise<void> {
  const { db } = scene.database
  const { model, rollout, plan } = world
  const waiting = { rolloutId: rollout, state: 'awaiting_approval' }
  if (event.kind === 'approve' || event.kind === 'reject') return decide(world, event)
  if (event.kind === 'replan' && model.ended === null) {
    model.digest = event.to
    model.expired = false
    const planRequestedAt = new Date()
    await db.rolloutStage.updateMany({
      where: waiting,
      data: { plan: plan(event.to), planDigest: digests[event.to] ?? '', planRequestedAt },
    })
  }
  if (event.kind === 'revoke') {
    model.approvers.delete(event.who)
    await db.membership.deleteMany({ where: roleOf(event.who) })
  }
  if (event.kind === 'restore' && event.who !== 'root') {
    model.approvers.add(event.who)
    model.disabled.delete(event.who)
    await db.user.update({ where: { id: event.who }, data: { disabledAt: null } })
    if ((await db.membership.count({ where: roleOf(event.who) })) === 0)
      await db.membership.create({ data: roleOf(event.who) })
  }
  if (event.kind === 'disable') {
    model.disabled.add(event.who)
    await db.user.update({ where: { id: event.who }, data: { disabledAt: new Date() } })
  }
  if (event.kind === 'expire' && model.ended === null) {
    model.expired = true
    await db.rolloutStage.updateMany({ where: waiting, data: { planRequestedAt: new Date(0) } })
  }
  if (event.kind === 'cancel' && model.ended === null) {
    model.ended = 'cancelled'
    await scene.call('ada', 'rollout.cancel', { rollout, reason: 'enough' })
  }
  if (event.kind === 'pass' && model.ended === null) {
    const next = await pass(rollout)
    const wanted = model.expired ? 'cancelled' : counted(model) >= 2 ? 'applying' : 'awaiting_approval'
    expect([event, next ?? 'awaiting_approval']).toEqual([event, wanted])
  }
}

it(
  'an approval: in any order of events it is applied exactly with a quorum of people who may, for the plan that is shown',
  { timeout: 600_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(events, async (order) => {
        await restoreEverybody()
        const { rollout, plan } = await request()
        const model: Model = {
          digest: 0,
          given: [],
          approvers: new Set(['ada', 'bob', 'cleo']),
          disabled: new Set(),
          expired: false,
          ended: null,
        }
        for (const event of order) await step({ model, rollout, plan }, event)
        const { state } = await scene.database.db.rollout.findUniqueOrThrow({ where: { id: rollout } })
        expect(isTerminal.rollout(state as RolloutState)).toBe(model.ended !== null)
        if (model.ended !== null) expect(state).toBe(model.ended)
      }),
      { numRuns: 40 },
    )
  },
)
