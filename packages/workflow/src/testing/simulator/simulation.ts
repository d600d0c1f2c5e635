import type { WorkflowTx } from '@fairlead/db/views'
import { testClock } from '@fairlead/testkit/clock'
import { createFaultyRunner, someFaults } from '@fairlead/testkit/task-runner/faulty-runner'
import { createRun } from '../../run/create-run'
import { dueRuns } from '../../run/due-runs'
import { intake } from '../../run/intake'
import { keepHouse } from '../../run/upkeep'
import { storeWorkflow } from '../workflow-scene'
import { createChance } from './chance'
import { createEngineProcess, type EngineProcess, type Pass } from './engine-process'
import { tellGuard } from './invariants'
import { cancel, clear, decide, send } from './people'
import { clusters, scenarioOf } from './scenario'
import { allOver, nextDue } from './questions'
import type { House, Played, Story } from './story'
import { verdictOn } from './verdict'
import { watchRunner } from './watched-runner'

const mostSteps = 6_000
/** Passes of one run without any time going by: more is a loop that feeds on itself. */
const mostPassesAtOnce = 150
/** Runners list everything so often, whatever they are told. */
const listEveryMs = 300_000
const longestMs = 4 * 60 * 60 * 1_000

/** One seed: a random workflow on a random bad day, step by step, on the real SQL. */
export const play = (house: House, seed: number, stormy: number): Promise<Played> =>
  tell(house, { seed, scenario: scenarioOf(seed), stormy, faults: someFaults })

export async function tell(house: House, story: Story): Promise<Played> {
  const simulation = await createSimulation(house, story)
  let problem: string | null = null
  try {
    await simulation.run()
  } catch (error) {
    problem = error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error)
  }
  simulation.close()
  return { seed: story.seed, problem, ...simulation.told() }
}

type Op = () => Promise<void> | void

async function createSimulation({ db, sql }: House, story: Story) {
  const { seed, scenario, stormy } = story
  const chance = createChance(seed * 7 + 1)
  const clock = testClock(new Date('2026-01-01T12:00:00Z'))
  const began = clock.now().getTime()
  const faulty = createFaultyRunner({
    seed: seed * 13 + 5,
    clock: clock.now,
    faults: story.faults,
    script: scenario.script,
  })
  const stored = await storeWorkflow(db, scenario.source)
  const { projectId } = stored.workflow
  const child = scenario.child === null ? null : await storeWorkflow(db, scenario.child, projectId)
  const workflows = child === null ? [stored] : [stored, child]
  for (const { workflow, compiled } of workflows) await tellGuard(db, workflow.id, compiled)
  for (const pool of scenario.pools) await db.workflowPool.create({ data: { projectId, ...pool } })

  const trace: string[] = []
  const say = (line: string): void =>
    void trace.push(`${((clock.now().getTime() - began) / 1000).toFixed(3)} ${line}`)
  const bells = new Set<string>()
  const ring = (keys: readonly string[]): void => {
    for (const key of keys) if (calm || !chance.of(0.1)) bells.add(key)
  }
  let calm = false
  let pinged = 0
  let listed = began
  let quiet = 0
  let steps = 0
  let passes = 0
  let atOnce = 0
  let names = 0
  const watched = watchRunner(faulty, sql, say)

  const newProcess = (): EngineProcess => {
    const own = createChance(seed * 31 + ++names)
    return createEngineProcess(`engine ${names}`, {
      db,
      sql,
      runner: watched.runner,
      clock: clock.now,
      ring: (rung) => ring(rung.map(({ key }) => key)),
      killed: story.killed ?? (() => !calm && own.of(0.004)),
      trace: say,
    })
  }
  let processes: readonly EngineProcess[] = []
  const ids: string[] = []
  const words = (runId: string): string => `run ${ids.indexOf(runId) + 1 || runId.slice(0, 4)}`

  const queue = async (): Promise<void> => {
    const now = clock.now()
    const { id } = await db.$transaction((tx: WorkflowTx) =>
      createRun(tx, {
        ...stored,
        trigger: 'manual',
        requester: { id: 'ada', name: 'Ada' },
        nominalTime: now,
        slot: null,
        key: null,
        parameters: {},
        priority: chance.between(-1, 1),
        now,
      }),
    )
    ids.push(id)
    ring([id])
    say(`${words(id)} is queued`)
  }

  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  const after = (pass: Pass, process: EngineProcess): void => {
    if (pass.ended === null) return say(`${process.name} ${words(pass.runId)}: ${pass.at}`)
    const { error, checkAt } = pass.ended
    if (error !== null) throw error
    say(
      `${process.name} ${words(pass.runId)} ends, ${checkAt === null ? 'settled' : checkAt === 'again' ? 'again' : `until ${(checkAt.getTime() - began) / 1000}`}`,
    )
    if (checkAt === 'again' || (checkAt !== null && checkAt <= clock.now())) bells.add(pass.runId)
  }
  const sweep = async (): Promise<number> => {
    const due = await dueRuns(sql, clock.now())
    ring(due)
    return due.length
  }
  const advance = (ms: number): void => {
    clock.advance(ms)
    atOnce = 0
  }
  const listen = async (process: EngineProcess): Promise<void> => {
    const item = process.inbox.shift()
    if (item === undefined) return
    const { cluster, event } = item
    const rung = await intake(sql, cluster, event, clock.now())
    watched.heard(event)
    say(
      `${process.name} hears of ${cluster}: ${event.kind}${event.kind === 'observed' ? ` ${event.observations.map(({ key, phase }) => `${key.slice(0, 8)} ${phase}`).join()}` : ''}`,
    )
    ring(rung.map(({ key }) => key))
  }
  const tidy = async (process: EngineProcess): Promise<number> => {
    try {
      const did = await keepHouse(process.deps, clock.now())
      if (did > 0) say(`${process.name} keeps house: ${did}`)
      return did
    } catch (error) {
      if (process.alive) throw error
      return 0
    }
  }
  const people = async (): Promise<void> => {
    if (ids.length === 0) return
    const runId = chance.pick(ids)
    const scene = { db, chance, now: clock.now() }
    const what = chance.weigh([
      [3, 'decide'],
      [2, 'send'],
      [0.6, 'cancel'],
      [1.2, 'clear'],
    ] as const)
    const did =
      what === 'decide'
        ? await decide(scene, runId)
        : what === 'cancel'
          ? await cancel(scene, runId)
          : what === 'clear'
            ? await clear(scene, runId, stored)
            : await send(scene, projectId)
    if (did === null) return
    say(`somebody ${did}, ${words(runId)}`)
    ring([runId])
  }
  const world = async (): Promise<void> => {
    const did = faulty.step()
    if (did !== null) say(`  ${did}`)
    await turn()
  }

  const ops = (): (readonly [number, Op])[] => {
    const found: (readonly [number, Op])[] = []
    const living = processes.filter(({ alive }) => alive)
    for (const process of living) {
      for (const pass of process.passes.values())
        if (pass.at !== null)
          found.push([
            5,
            async () => {
              await process.resume(pass)
              after(pass, process)
            },
          ])
      if (process.inbox.length > 0) found.push([5, () => listen(process)])
      if (!calm) found.push([0.25, async () => void (await tidy(process))], [0.03, () => kill(process)])
    }
    for (const runId of [...bells].sort((a, b) => ids.indexOf(a) - ids.indexOf(b))) {
      const elsewhere = processes.some((process) => process.alive && process.passes.has(runId))
      for (const process of living)
        if (!process.passes.has(runId)) found.push([elsewhere ? 0.4 : 4, () => begin(process, runId)])
    }
    if (faulty.pending() > 0 || !calm) found.push([faulty.pending() > 0 ? 6 : 0.2, world])
    if (living.length < (calm ? 1 : 2))
      found.push([
        1,
        async () => {
          processes = [...living, newProcess()]
          await turn()
        },
      ])
    if (calm) return found
    found.push([0.5, async () => void (await sweep())], [0.25, people])
    found.push([1.2, () => advance(chance.of(0.8) ? chance.between(1, 700) : chance.between(700, 6_000))])
    if (ids.length < scenario.runs) found.push([1, queue])
    return found
  }
  const kill = (process: EngineProcess): void => {
    say(`${process.name} is killed`)
    process.kill()
  }
  const begin = async (process: EngineProcess, runId: string): Promise<void> => {
    bells.delete(runId)
    passes += 1
    if ((atOnce += 1) > mostPassesAtOnce) throw new Error('BROKEN passes feed on themselves, no time goes by')
    after(await process.begin(runId), process)
  }
  /** Nothing is left to do at this moment: what the next is decides how far time jumps. */
  const idle = async (): Promise<boolean> => {
    const due = await nextDue(sql)
    const isDue = due !== null && due <= clock.now().getTime()
    if (isDue && (await sweep()) > 0) return true
    const tended = (await story.tend?.({ db, chance, now: clock.now() }, ids)) ?? null
    if (tended !== null) {
      say(`somebody ${tended}`)
      return true
    }
    if (isDue) for (const process of processes) if (process.alive && (await tidy(process)) > 0) return true
    const next = [faulty.nextAt()?.getTime(), isDue ? await nextDue(sql) : due].filter(
      (time) => time !== undefined && time !== null,
    )
    if (next.length === 0) {
      // After that, nothing can happen any more.
      if (quiet++ >= 2 || (await allOver(sql))) return false
      advance(listEveryMs)
    }
    if (clock.now().getTime() - listed >= listEveryMs) {
      listed = clock.now().getTime()
      for (const cluster of clusters) faulty.relist(cluster)
      return true
    }
    // Somebody sends what is waited for, at last.
    if (calm && clock.now().getTime() - pinged >= 30_000) {
      pinged = clock.now().getTime()
      await send({ db, chance, now: clock.now() }, projectId)
    }
    const until = Math.min(...next)
    advance(Math.max(1, until - clock.now().getTime()))
    return true
  }
  return {
    async run() {
      processes = [newProcess(), newProcess()]
      await queue()
      await turn()
      while (steps < mostSteps) {
        steps += 1
        if (!calm && steps > stormy) {
          while (ids.length < scenario.runs) await queue()
          calm = true
          say('calm')
          faulty.heal()
          processes = [...processes.filter(({ alive }) => alive), newProcess()].slice(0, 2)
          await turn()
        }
        const op = chance.weigh(ops())
        if (op !== null) await op()
        else if (!(await idle())) break
        if (watched.broken[0] !== undefined) throw new Error(`BROKEN ${watched.broken[0]}`)
        if (clock.now().getTime() - began > longestMs) throw new Error('BROKEN hours later it is not over')
      }
      if (steps >= mostSteps) throw new Error('BROKEN it does not come to an end')
      if (!(await allOver(sql))) throw new Error('BROKEN nothing will ever happen, and it is not over')
      const problems = await verdictOn({ sql, runner: faulty, workflows })
      if (problems.length > 0) throw new Error(`BROKEN ${problems.join('; ')}`)
    },
    close: () => processes.forEach((process) => process.kill()),
    told: () => ({ trace, steps, passes, attempts: faulty.audit.length }),
  }
}
