import { isTerminal, type RolloutState, type TargetState } from '@fairlead/contracts/rollout-states'
import { appendChanges, type NewChange } from '@fairlead/db/changes'
import type { WorkloadDb, WorkloadTx } from '@fairlead/db/views'
import { toJson } from '../application/stored'
import { watchDrift } from '../drift/due-drifts'
import { isStillWanted, type ActResult } from './act'
import { applyEntries } from './act-entries'
import { appliedJson } from './applied'
import type { Decision, StageWrite, TargetWrite } from './decision'
import { gateEntries, notedStages, type StageNotes } from './gate-notes'
import type { Observation, TargetObservation } from './observation'
import { progressOf, shownHash, type Shown } from './shown'
import type { StartedGate } from './start-gates'
import { changeOfEntries, writeEntry } from './write-entry'

/** Someone else moved the rollout while we looked: they rang, so the next pass sees what they did. */
class MovedByOthers extends Error {}

export interface Recorded {
  readonly observation: Observation
  readonly decision: Decision
  readonly results: readonly ActResult[]
  readonly started: readonly StartedGate[]
  readonly now: Date
}

/** False when someone else moved the rollout: then nothing of the decision is written. */
export async function recordDecision(db: WorkloadDb, recorded: Recorded): Promise<boolean> {
  try {
    await db.$transaction((tx) => write(tx, recorded))
    return true
  } catch (error) {
    if (!(error instanceof MovedByOthers)) throw error
    await db.$transaction((tx) => writeDone(tx, recorded))
    return false
  }
}

/** What was done is true whoever moved the rollout meanwhile: it is shown, and the next rollout prunes by it. */
async function writeDone(tx: WorkloadTx, recorded: Recorded): Promise<void> {
  const { observation, started } = recorded
  const { id } = observation.rollout
  const noted = notedStages(observation, started)
  const written = await writeFacts(tx, recorded)
  const entries = [
    ...noted.flatMap(gateEntries),
    ...applyEntries(observation, await notRepeated(tx, id, written)),
  ]
  for (const stage of noted) await writeNotes(tx, stage)
  for (const entry of entries) await writeEntry(tx, recorded, entry)
  if (noted.length === 0 && entries.length === 0) return
  await changeOfEntries(tx, observation)
}

/** While the rollout goes on, a target that only begins is applied to once more: that is told then. */
async function notRepeated(
  tx: WorkloadTx,
  id: string,
  results: readonly ActResult[],
): Promise<readonly ActResult[]> {
  if (!(await isStillWanted({ db: tx }, id))) return results
  return results.filter(({ action, target }) => !applies(action) || !begins(target))
}

/** In the transaction of what tells of them: a target that counts as applied is one of which the timeline says so. */
async function writeFacts(tx: WorkloadTx, { results, now }: Recorded): Promise<readonly ActResult[]> {
  const written: ActResult[] = []
  for (const result of results) {
    const { target, action, applied, intent } = result
    if (applied !== undefined) {
      const { count } = await tx.rolloutTarget.updateMany({
        // Upkeep of which another worker found the intent is told by that one.
        where: {
          id: target.id,
          ...(intent === undefined ? {} : { applied: { equals: appliedJson(intent) } }),
        },
        data: { applied: appliedJson(applied), ...(applies(action) ? { appliedAt: now } : {}) },
      })
      if (count === 0) continue
    }
    written.push(result)
  }
  return written
}

async function write(tx: WorkloadTx, recorded: Recorded): Promise<void> {
  const { observation, decision, now } = recorded
  const { rollout } = observation
  const noted = notedStages(observation, recorded.started)
  await moveRollout(tx, recorded)
  const entries = [
    ...noted.flatMap(gateEntries),
    ...decision.writes.entries,
    ...applyEntries(observation, await writeFacts(tx, recorded)),
  ]
  for (const stage of decision.writes.stages) await moveStage(tx, stage)
  for (const stage of noted) await writeNotes(tx, stage)
  const shown = await writeTargets(tx, recorded)
  await writeStanding(tx, observation, decision, now)
  for (const entry of entries) await writeEntry(tx, recorded, entry)
  const moved = decision.writes.stages.some(({ state }) => state !== undefined)
  const visible =
    moved || shown || noted.length > 0 || entries.length > 0 || decision.writes.rollout !== undefined
  const base = { projectId: rollout.projectId }
  const changes: NewChange[] = [
    ...(visible || stageReasonChanged(recorded)
      ? [{ ...base, topic: 'rollout' as const, key: rollout.id }]
      : []),
    ...(moved ? [{ ...base, topic: 'application' as const, key: rollout.applicationId }] : []),
    ...(touchesApproval(recorded) ? [{ ...base, topic: 'approval' as const, key: rollout.id }] : []),
    ...(entries.some(({ audit }) => audit === true)
      ? [{ ...base, topic: 'audit' as const, key: 'log' }]
      : []),
  ]
  await appendChanges(tx, changes)
}

async function moveRollout(tx: WorkloadTx, { observation, decision, now }: Recorded): Promise<void> {
  const { rollout } = observation
  const state: RolloutState = decision.writes.rollout?.state ?? rollout.state
  const ended = isTerminal.rollout(state) && !isTerminal.rollout(rollout.state)
  const moved = await tx.rollout.updateMany({
    where: { id: rollout.id, state: rollout.state, paused: rollout.paused },
    data: {
      state,
      ...(decision.writes.rollout?.paused === false ? { paused: false } : {}),
      ...(ended ? { finishedAt: now } : {}),
      checkAt: nextCheck(decision, rollout.paused, now),
      checkReason: decision.reason,
    },
  })
  if (moved.count === 0) throw new MovedByOthers()
}

/** An ended rollout that left a pause behind is looked at until that is lifted. */
function nextCheck({ next, writes }: Decision, paused: boolean, now: Date): Date | null {
  if (next === 'settled') return paused && writes.rollout?.paused !== false ? now : null
  return next === 'again' ? now : next
}

async function moveStage(
  tx: WorkloadTx,
  { id, from, plan, evidence, steps, ...data }: StageWrite,
): Promise<void> {
  const moved = await tx.rolloutStage.updateMany({
    // A word that a trial is to end holds until it ends: nothing that was decided before it promotes it.
    where: { id, state: from, ...(data.state === 'applying' ? { abortReason: null } : {}) },
    data: {
      ...data,
      ...(plan === undefined ? {} : { plan: toJson(plan), planDigest: plan.digest }),
      ...(evidence === undefined ? {} : { evidence: toJson(evidence) }),
      ...(steps === undefined ? {} : { steps: toJson(steps) }),
    },
  })
  if (moved.count === 0) throw new MovedByOthers()
}

const writeNotes = (db: Pick<WorkloadTx, 'rolloutStage'>, { id, notes }: StageNotes): Promise<unknown> =>
  db.rolloutStage.updateMany({ where: { id }, data: { gates: toJson(notes) } })

/** True when screens would show something else than before. */
async function writeTargets(
  tx: WorkloadTx,
  { observation, decision, results, now }: Recorded,
): Promise<boolean> {
  let changed = false
  for (const target of observation.stages.flatMap(({ targets }) => targets)) {
    const written = decision.writes.targets.find(({ id }) => id === target.id)
    const result = results.find((row) => row.target.id === target.id)
    const after = result === undefined ? null : afterAct(target, result)
    const seen = seenOf(target, written, result)
    if (written === undefined && after === null && seen === null) continue
    changed ||=
      written?.state !== undefined ||
      written?.unreachableAt !== undefined ||
      after !== null ||
      (seen !== null && shownHash(seen) !== target.shown)
    const moved = await tx.rolloutTarget.updateMany({
      where: { id: target.id, state: target.state },
      data: {
        ...(written === undefined ? {} : columnsOf(written)),
        ...(after ?? {}),
        ...(seen === null ? {} : { observed: toJson(seen), observedAt: now }),
      },
    })
    if (moved.count === 0) throw new MovedByOthers()
  }
  return changed
}

const columnsOf = ({ id: _, from: __, marks, earlySince: ___, ...data }: TargetWrite) => ({
  ...data,
  ...(marks === undefined ? {} : { progressKey: JSON.stringify(marks) }),
})

/** What an action did to the target's own state. A refusal of the first object leaves nothing to roll back. */
function afterAct(target: TargetObservation, { action, applied, refused, retry }: ActResult) {
  if (retry !== null) return { message: retry }
  if (refused !== null) {
    const untouched = Object.keys(applied?.objects ?? {}).length === 0
    const begun = action.kind === 'trial' ? 'trial' : 'applied'
    const state: TargetState = target.state !== 'pending' ? target.state : untouched ? 'failed' : begun
    return { state, message: refused }
  }
  if (action.kind === 'trial') return { state: 'trial' as const, message: 'On trial beside what runs.' }
  if (action.kind !== 'apply') return {}
  const state: TargetState = begins(target) ? 'applied' : target.state
  return {
    state,
    message: target.state === 'rolling_back' ? 'The last verified release is applied.' : 'Applied.',
  }
}

const begins = ({ state }: TargetObservation): boolean => state === 'pending' || state === 'trial'
const applies = ({ kind }: ActResult['action']): boolean => kind === 'apply' || kind === 'trial'

function seenOf(
  target: TargetObservation,
  written: TargetWrite | undefined,
  result: ActResult | undefined,
): Shown | null {
  const live = target.live
  const refused =
    result === undefined
      ? target.refused
      : (result.refused ?? (applies(result.action) ? null : target.refused))
  if (live !== null && live.reachable)
    return {
      workloads: live.workloads.map(progressOf),
      earlySince: written?.earlySince ?? target.earlySince,
      refused,
      splits: target.state === 'pending' || target.state === 'trial' ? target.splits : [],
    }
  return refused === target.refused ? null : { workloads: [], earlySince: {}, refused, splits: [] }
}

async function writeStanding(
  tx: WorkloadTx,
  { rollout, stages }: Observation,
  { writes }: Decision,
  now: Date,
): Promise<void> {
  const { standing } = writes
  if (standing === undefined) return
  const { stage, verified, hold } = standing
  const data = {
    ...(verified === undefined
      ? {}
      : {
          verifiedReleaseId: verified.releaseId,
          verifiedAt: now,
          ...(verified.convergeMs === null ? {} : { lastConvergeMs: verified.convergeMs }),
        }),
    ...(hold === undefined ? {} : { holdReason: hold.reason, holdSince: now, holdExpiresAt: hold.expiresAt }),
  }
  const watched = stages.find(({ spec }) => spec.name === stage)
  if (verified !== undefined && watched !== undefined)
    await watchDrift(tx, rollout.applicationId, watched, now)
  await tx.stage.upsert({
    where: { applicationId_name: { applicationId: rollout.applicationId, name: stage } },
    create: { applicationId: rollout.applicationId, name: stage, ...data },
    update: data,
  })
}

const stageReasonChanged = ({ decision }: Recorded): boolean =>
  decision.writes.stages.some(
    ({ progressAt, plan, steps }) => progressAt !== undefined || plan !== undefined || steps !== undefined,
  )

const touchesApproval = ({ observation, decision }: Recorded): boolean =>
  decision.writes.stages.some(
    (stage) =>
      stage.state === 'awaiting_approval' ||
      (stage.from === 'awaiting_approval' && stage.state !== undefined) ||
      (stage.plan !== undefined && observation.rollout.state === 'waiting'),
  )
