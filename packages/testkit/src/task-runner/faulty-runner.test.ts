import type { AttemptStart, RunnerEvent } from '@fairlead/contracts/task-runner'
import { describe, expect, it } from 'vitest'
import { testClock } from '../clock'
import { taskRunnerConformance, type Program } from './conformance'
import { createFaultyRunner, someFaults, type FaultyRunner, type Faults, type Script } from './faulty-runner'
import { isEnd } from './in-process-runner'

const programs: Readonly<Record<Program, Script>> = {
  succeed: { runMs: 10 },
  fail: { exitCode: 3, runMs: 10 },
  output: { output: '{"rows": 3}\n', runMs: 10 },
  outputThenFail: { exitCode: 3, output: 'half', runMs: 10 },
  log: { lines: ['one', 'two', 'three'], runMs: 10 },
  endless: { lines: ['begun'], runMs: null },
}
const isProgram = (image: string): image is Program => Object.hasOwn(programs, image)
const script = ({ spec }: AttemptStart): Script => (isProgram(spec.image) ? programs[spec.image] : {})

/** Steps it in real time: virtual time jumps to whatever comes next. */
function play(runner: FaultyRunner, clock: ReturnType<typeof testClock>): () => void {
  const timer = setInterval(() => {
    for (let count = 0; count < 20; count += 1) if (runner.step() === null) break
    const next = runner.nextAt()
    if (runner.pending() === 0 && next !== null)
      clock.advance(Math.max(0, next.getTime() - clock.now().getTime()))
  }, 1)
  return () => clearInterval(timer)
}

const benign: Partial<Faults> = {
  lostResponse: 0.2,
  turnedAway: 0.2,
  drop: 0.1,
  duplicate: 0.2,
  reorder: 0.2,
  relist: 0.05,
  stall: 0.02,
}
for (const [name, faults] of [
  ['without faults', {}],
  ['with faults that an engine must not notice', benign],
] as const)
  taskRunnerConformance(`the faulty runner, ${name}`, async () => {
    const clock = testClock()
    const runner = createFaultyRunner({ seed: 7, clock: clock.now, script, faults })
    const stop = play(runner, clock)
    return {
      runner,
      cluster: 'there',
      namespace: 'none',
      patienceMs: 30_000,
      program: (image) => ({ image, command: [], args: [] }),
      vanish: async (key) => runner.vanish(key, 'there'),
      close: async () => stop(),
    }
  })

const attempt = (key: string, change: Partial<AttemptStart> = {}): AttemptStart => ({
  key,
  run: 'run',
  project: 'project',
  workflow: 'workflow',
  task: key,
  index: 0,
  attempt: 1,
  token: key,
  specHash: key,
  spec: {
    namespace: 'none',
    image: 'endless',
    command: [],
    args: [],
    env: {},
    resources: { requests: {}, limits: {} },
    serviceAccount: null,
    podTemplate: null,
  },
  ...change,
})
const read = (runner: FaultyRunner, signal: AbortSignal): RunnerEvent[] => {
  const events: RunnerEvent[] = []
  void (async () => {
    for await (const event of runner.observe('there', signal)) events.push(event)
  })()
  return events
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('the faulty runner', () => {
  it('does the same for the same seed, and something else for another', async () => {
    const trace = async (seed: number): Promise<readonly (string | null)[]> => {
      const clock = testClock()
      const runner = createFaultyRunner({ seed, clock: clock.now, script, faults: someFaults })
      const stop = new AbortController()
      read(runner, stop.signal)
      await turn()
      const steps: (string | null)[] = []
      for (let index = 0; index < 400; index += 1) {
        if (index % 5 === 0) await runner.start(attempt(`k${index}`), 'there').catch(() => undefined)
        steps.push(runner.step())
        clock.advance(50)
      }
      stop.abort()
      return steps
    }
    expect(await trace(1)).toEqual(await trace(1))
    expect(await trace(1)).not.toEqual(await trace(2))
  })

  it('creates although it throws, now or later, and shows it by observation', async () => {
    const clock = testClock()
    const runner = createFaultyRunner({ seed: 1, clock: clock.now, script, faults: { lostResponse: 1 } })
    await expect(runner.start(attempt('lost'), 'there')).rejects.toMatchObject({
      code: 'cluster_unreachable',
    })
    expect(runner.living('there').map(({ key }) => key)).toEqual(['lost'])
    runner.setFaults({ lostResponse: 0, lateCreate: 1 })
    await expect(runner.start(attempt('late'), 'there')).rejects.toMatchObject({
      code: 'cluster_unreachable',
    })
    expect(runner.living('there')).toHaveLength(1)
    clock.advance(5_000)
    while (runner.step() !== null);
    expect(runner.living('there')).toHaveLength(2)
    expect(runner.audit.map(({ late }) => late)).toEqual([false, true])
  })

  it('says unreachable, lets everything run on, and lists when it is back', async () => {
    const clock = testClock()
    const runner = createFaultyRunner({ seed: 1, clock: clock.now, script: () => ({ runMs: 1_000 }) })
    const stop = new AbortController()
    const events = read(runner, stop.signal)
    await runner.start(attempt('one'), 'there')
    await turn()
    while (runner.step() !== null);
    runner.goAway('there', 10_000)
    expect(await runner.cancel('one', 'there')).toMatchObject({ kind: 'unreachable' })
    clock.advance(5_000)
    while (runner.step() !== null);
    await turn()
    expect(events.at(-1)).toMatchObject({ kind: 'unreachable' })
    expect(runner.living('there')).toEqual([])
    clock.advance(5_000)
    while (runner.step() !== null);
    await turn()
    expect(events.slice(-2)).toMatchObject([
      { kind: 'observed', observations: [{ phase: 'succeeded' }] },
      { kind: 'synced' },
    ])
    stop.abort()
  })

  it('finds attempts that lived at the same time, and names that were used again', async () => {
    const clock = testClock()
    const runner = createFaultyRunner({ seed: 1, clock: clock.now, script })
    const stop = new AbortController()
    read(runner, stop.signal)
    await turn()
    await runner.start(attempt('a', { task: 'same' }), 'there')
    clock.advance(1)
    await runner.start(attempt('b', { task: 'same', attempt: 2 }), 'there')
    expect(runner.doubled().map((pair) => pair.map((line) => line.attempt.key))).toEqual([['a', 'b']])
    runner.vanish('a', 'there')
    clock.advance(10_000)
    while (runner.step() !== null);
    await runner.start(attempt('a', { task: 'same' }), 'there')
    expect(runner.recreated().map((line) => line.attempt.key)).toEqual(['a'])
    stop.abort()
  })

  it('loses no end for good, whatever goes wrong on the way', async () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const clock = testClock()
      const watchFaults = {
        drop: 0.3,
        duplicate: 0.3,
        reorder: 0.3,
        relist: 0.1,
        stall: 0.05,
        unreachable: 0.02,
        lateResult: 0.3,
      }
      const runner = createFaultyRunner({
        seed,
        clock: clock.now,
        script: () => ({ runMs: 2_000 }),
        faults: watchFaults,
      })
      const stop = new AbortController()
      const events = read(runner, stop.signal)
      await turn()
      for (let index = 0; index < 30; index += 1) {
        await runner.start(attempt(`k${index}`), 'there').catch(() => undefined)
        for (let count = 0; count < 4; count += 1) runner.step()
        clock.advance(200)
      }
      for (let next = runner.nextAt(); next !== null; next = runner.nextAt()) {
        if (next > clock.now()) clock.advance(next.getTime() - clock.now().getTime())
        while (runner.step() !== null);
      }
      await turn()
      const ended = new Set(
        events.flatMap((event) =>
          event.kind === 'observed' ? event.observations.filter(isEnd).map(({ key }) => key) : [],
        ),
      )
      expect(runner.audit.map(({ attempt: { key } }) => key).filter((key) => !ended.has(key))).toEqual([])
      stop.abort()
    }
  })
})
