import type { Bell } from '@fairlead/contracts/doorbells'
import type { GateRefusal, GateRun, WorkflowGate } from '@fairlead/contracts/gates'
import type { RunState } from '@fairlead/contracts/workflow-states'
import { appendChanges } from '@fairlead/db/changes'
import type { WorkflowDb, WorkflowTx } from '@fairlead/db/views'
import { nominalText } from '@fairlead/timetable/local-text'
import { resolveParameters, type ResolvedParameters } from './definition/parameters'
import { createRun } from './run/create-run'
import { createVersions, type StoredVersion, type Versions } from './run/versions'

interface LookDeps {
  readonly db: WorkflowDb
  readonly versions?: Versions
}
interface GateDeps extends LookDeps {
  readonly ring: (bells: readonly Bell[]) => Promise<void>
  readonly clock?: () => Date
}

type Wanted = Parameters<WorkflowGate['runOf']>[0]
type Named = Pick<Wanted, 'projectId' | 'workflow'>

const refused = (reason: string): GateRefusal => ({ kind: 'refused', reason })
const unknown = (workflow: string): string => `There is no workflow ${workflow} in this project.`

/** For who only looks: plans and screens. */
export const workflowStandings = ({
  db,
  versions = createVersions(db),
}: LookDeps): Omit<WorkflowGate, 'runOf'> => ({
  standingOf: ({ projectId, workflow, key }) => standingOf(db, { projectId, workflow }, key),
  problemOf: async ({ parameters, ...named }) => {
    const found = await current(db, versions, named)
    if (found === null) return unknown(named.workflow)
    return problemOf(found, settled(found, parameters, new Date()))
  },
})

/** Runs of workflows for the stages of rollouts, one per key. */
export function workflowGate({ db, versions = createVersions(db), ring, clock }: GateDeps): WorkflowGate {
  const now = clock ?? (() => new Date())
  return {
    ...workflowStandings({ db, versions }),
    runOf: async (wanted) => {
      const standing = await standingOf(db, wanted, wanted.key)
      if (standing !== null) return standing
      const found = await current(db, versions, wanted)
      if (found === null) return refused(unknown(wanted.workflow))
      const resolved = settled(found, wanted.parameters, now())
      if (!resolved.ok) return refused(problemOf(found, resolved) ?? '')
      const id = await db.$transaction((tx) =>
        start(tx, wanted, { found, value: resolved.value, now: now() }),
      )
      await ring([{ doorbell: 'run', key: id }])
      return (await standingOf(db, wanted, wanted.key)) ?? refused('Its run is gone.')
    },
  }
}

/** Only what a rollout started counts: a person who took the key by hand has not let a release through. */
async function standingOf(
  db: Pick<WorkflowDb, 'workflowRun'>,
  { projectId, workflow }: Named,
  key: string,
): Promise<GateRun | GateRefusal | null> {
  const run = await db.workflowRun.findFirst({
    where: { key, workflow: { projectId, name: workflow } },
    select: { id: true, number: true, state: true, reason: true, trigger: true },
  })
  if (run === null) return null
  const { id, number, state, reason, trigger } = run
  if (trigger !== 'rollout')
    return refused(`Run ${number} of ${workflow} has its key, but no rollout started it.`)
  return { kind: 'run', id, number, state: state as RunState, reason }
}

type Found = NonNullable<Awaited<ReturnType<typeof current>>>

async function current(db: Pick<WorkflowDb, 'workflow'>, versions: Versions, { projectId, workflow }: Named) {
  const row = await db.workflow.findUnique({ where: { projectId_name: { projectId, name: workflow } } })
  if (row?.versionId == null) return null
  const version: StoredVersion = await versions.compiledOf(row.versionId)
  return { row, version }
}

const settled = ({ row, version }: Found, parameters: Wanted['parameters'], now: Date): ResolvedParameters =>
  resolveParameters(version.compiled, parameters, {
    run: {
      id: '',
      number: row.lastRunNumber + 1,
      nominalTime: nominalText(version.compiled.schedule, now),
      trigger: 'rollout',
    },
  })

const problemOf = ({ row }: Found, resolved: ResolvedParameters): string | null =>
  resolved.ok
    ? null
    : `${row.name} can't be started: ${resolved.problems.map(({ reason }) => reason).join('; ')}.`

interface Start {
  readonly found: Found
  readonly value: Readonly<Record<string, unknown>>
  readonly now: Date
}

async function start(tx: WorkflowTx, wanted: Wanted, { found, value, now }: Start): Promise<string> {
  const { row, version } = found
  const run = await createRun(tx, {
    workflow: row,
    version,
    compiled: version.compiled,
    trigger: 'rollout',
    requester: wanted.requester,
    nominalTime: now,
    slot: null,
    key: wanted.key,
    parameters: value,
    priority: 0,
    now,
  })
  const { projectId } = wanted
  if (run.created)
    await appendChanges(tx, [
      { topic: 'run', key: run.id, projectId },
      { topic: 'workflow', key: row.id, projectId },
    ])
  return run.id
}
