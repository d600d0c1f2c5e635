import crypto from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type {
  AttemptStart,
  StartResult,
  StopResult,
  TaskRunner,
  TaskSpec,
} from '@fairlead/contracts/task-runner'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWitness, type Witness } from './witness'

/** Programs that every harness can run. */
export type Program =
  /** Exit code 0. */
  | 'succeed'
  /** Exit code 3. */
  | 'fail'
  /** Writes `{"rows": 3}` and a line break as its output, then exit code 0. */
  | 'output'
  /** Writes `half` as its output, then exit code 3. */
  | 'outputThenFail'
  /** Logs `one`, `two` and `three`, then exit code 0. */
  | 'log'
  /** Logs `begun`, then runs until it is stopped. */
  | 'endless'

export interface ConformanceHarness {
  readonly runner: TaskRunner
  readonly cluster: string
  readonly namespace: string
  /** How long something may take here. */
  readonly patienceMs: number
  program(program: Program): Pick<TaskSpec, 'image' | 'command' | 'args'>
  /** Takes an attempt away behind the runner's back. */
  vanish(key: string): Promise<void>
  close(): Promise<void>
}

/** What every TaskRunner keeps, whatever runs behind it. */
export function taskRunnerConformance(name: string, makeHarness: () => Promise<ConformanceHarness>): void {
  describe(`the TaskRunner port of ${name}`, () => {
    let harness: ConformanceHarness
    let witness: Witness
    const started: string[] = []

    beforeAll(async () => {
      harness = await makeHarness()
      witness = newWitness()
    }, 600_000)
    afterAll(async () => {
      for (const key of started) await harness.runner.cancel(key, harness.cluster).catch(() => undefined)
      await witness.stop()
      await harness.close()
    }, 120_000)

    const newWitness = (): Witness => createWitness(harness.runner, harness.cluster, harness.patienceMs)
    const attemptOf = (program: Program, change: Partial<AttemptStart> = {}): AttemptStart => {
      const id = crypto.randomBytes(10).toString('hex')
      const spec: TaskSpec = {
        namespace: harness.namespace,
        ...harness.program(program),
        env: { GREETING: 'hello' },
        resources: { requests: {}, limits: {} },
        serviceAccount: null,
        podTemplate: null,
      }
      const hash = crypto.createHash('sha256').update(JSON.stringify(spec)).digest('hex')
      return {
        key: `fl-conformance-${id}`,
        run: crypto.randomUUID(),
        project: crypto.randomUUID(),
        workflow: 'conformance',
        task: program,
        index: 0,
        attempt: 1,
        token: id,
        specHash: hash,
        spec,
        ...change,
      }
    }
    /** As an engine does it: asked with the same key until it is known to exist, or never will. */
    const start = async (attempt: AttemptStart): Promise<StartResult> => {
      started.push(attempt.key)
      for (let tries = 0; ; tries += 1) {
        const result = await harness.runner.start(attempt, harness.cluster).catch((error: unknown) => {
          if (tries > 50) throw error
          return null
        })
        const again = result === null || (result.kind === 'rejected' && result.permanence === 'transient')
        if (!again || tries > 50) return result ?? { kind: 'accepted' }
        await sleep(20)
      }
    }
    const run = async (program: Program): Promise<AttemptStart> => {
      const attempt = attemptOf(program)
      expect((await start(attempt)).kind).toMatch(/accepted|already_exists/)
      return attempt
    }
    const gone = async (ask: () => Promise<StopResult>): Promise<StopResult> => {
      const limit = Date.now() + harness.patienceMs
      for (;;) {
        const result = await ask()
        if (result.kind === 'gone' || Date.now() > limit) return result
        await sleep(50)
      }
    }
    const cancel = (key: string): Promise<StopResult> =>
      gone(() => harness.runner.cancel(key, harness.cluster))
    const cleanup = (key: string): Promise<StopResult> =>
      gone(() => harness.runner.cleanup(key, harness.cluster))
    const listNow = async (): Promise<ReadonlySet<string>> => {
      const fresh = newWitness()
      try {
        return await fresh.firstList()
      } finally {
        await fresh.stop()
      }
    }
    const unlisted = async (key: string): Promise<void> => {
      const limit = Date.now() + harness.patienceMs
      while ((await listNow()).has(key)) {
        if (Date.now() > limit) throw new Error(`${key} is still listed`)
        await sleep(100)
      }
    }

    it('starts an attempt once, however often and however concurrently it is asked', async () => {
      const attempt = attemptOf('succeed')
      const results = await Promise.all([1, 2, 3, 4].map(() => start(attempt)))
      expect(results.filter(({ kind }) => kind === 'accepted').length).toBeLessThanOrEqual(1)
      expect(results.map(({ kind }) => kind)).not.toContain('rejected')
      expect(await start(attempt)).toEqual({ kind: 'already_exists' })
      await witness.ended(attempt.key)
      expect(await start(attempt)).toEqual({ kind: 'already_exists' })
      expect(new Set(witness.of(attempt.key).map(({ uid }) => uid)).size).toBe(1)
    })

    it('never adopts what has another spec or belongs to another attempt', async () => {
      const attempt = await run('endless')
      const others: readonly Partial<AttemptStart>[] = [
        { specHash: 'another' },
        { run: crypto.randomUUID() },
        { task: 'another' },
        { index: 1 },
        { attempt: 2 },
      ]
      for (const other of others)
        expect(await start({ ...attempt, ...other })).toMatchObject({
          kind: 'rejected',
          permanence: 'permanent',
        })
      await witness.reached(attempt.key, 'running')
      expect(await cancel(attempt.key)).toEqual({ kind: 'gone' })
    })

    it('tells an observer of what was there before it, then of what comes', async () => {
      const before = await run('endless')
      const ended = await run('fail')
      await witness.ended(ended.key)
      const fresh = newWitness()
      const keys = await fresh.firstList()
      expect(keys.has(before.key) && keys.has(ended.key)).toBe(true)
      expect(await fresh.ended(ended.key)).toMatchObject({ phase: 'failed', exitCode: 3 })
      const after = await run('succeed')
      expect(await fresh.ended(after.key)).toMatchObject({ phase: 'succeeded', exitCode: 0, cause: null })
      await fresh.stop()
      await cancel(before.key)
    })

    it('lists only what exists, and says since when', async () => {
      const before = new Date()
      const attempt = await run('succeed')
      await witness.ended(attempt.key)
      const fresh = newWitness()
      expect((await fresh.firstList()).has(attempt.key)).toBe(true)
      const [list] = fresh.events.filter((event) => event.kind === 'synced')
      expect(list?.listedFrom).toBeInstanceOf(Date)
      expect(before).toBeInstanceOf(Date)
      await fresh.stop()
      await cleanup(attempt.key)
      await unlisted(attempt.key)
    })

    it('tells exit code and output as they were', async () => {
      const output = await run('output')
      const half = await run('outputThenFail')
      expect(await witness.ended(output.key)).toMatchObject({
        phase: 'succeeded',
        exitCode: 0,
        output: '{"rows": 3}\n',
        cause: null,
      })
      expect(await witness.ended(half.key)).toMatchObject({
        phase: 'failed',
        exitCode: 3,
        output: 'half',
        cause: 'exit_code',
      })
    })

    it('never takes an end back', async () => {
      const attempt = await run('fail')
      const first = await witness.ended(attempt.key)
      const fresh = newWitness()
      const again = await fresh.ended(attempt.key)
      await fresh.stop()
      expect({ ...again, at: first.at }).toEqual(first)
    })

    it('shows by its absence that an attempt vanished', async () => {
      const attempt = await run('endless')
      await witness.reached(attempt.key, 'running')
      await harness.vanish(attempt.key)
      await unlisted(attempt.key)
      expect(witness.of(attempt.key).some(({ phase }) => phase === 'succeeded')).toBe(false)
    })

    it('cancels in every state, and again', async () => {
      const never = attemptOf('endless')
      expect(await cancel(never.key)).toEqual({ kind: 'gone' })
      const fresh = await run('endless')
      expect(await cancel(fresh.key)).toEqual({ kind: 'gone' })
      const running = await run('endless')
      await witness.reached(running.key, 'running')
      expect(await cancel(running.key)).toEqual({ kind: 'gone' })
      expect(await cancel(running.key)).toEqual({ kind: 'gone' })
      const ended = await run('succeed')
      await witness.ended(ended.key)
      expect(await cancel(ended.key)).toEqual({ kind: 'gone' })
      for (const { key } of [fresh, running, ended]) await unlisted(key)
      expect(witness.of(running.key).some(({ phase }) => phase === 'succeeded')).toBe(false)
    })

    it('cancels nothing else', async () => {
      const one = await run('endless')
      const other = await run('endless')
      await witness.reached(other.key, 'running')
      expect(await cancel(one.key)).toEqual({ kind: 'gone' })
      const keys = await listNow()
      expect(keys.has(one.key)).toBe(false)
      expect(keys.has(other.key)).toBe(true)
      expect(witness.of(other.key).some(({ phase }) => phase === 'failed')).toBe(false)
      await cancel(other.key)
    })

    it('cleans up what has ended, and again', async () => {
      const attempt = await run('succeed')
      await witness.ended(attempt.key)
      expect(await cleanup(attempt.key)).toEqual({ kind: 'gone' })
      expect(await cleanup(attempt.key)).toEqual({ kind: 'gone' })
      await unlisted(attempt.key)
      expect(await witness.ended(attempt.key)).toMatchObject({ phase: 'succeeded' })
    })

    it('reads logs on from a cursor while it runs, and whole once it has ended', async () => {
      const { runner, cluster } = harness
      const ended = await run('log')
      const running = await run('endless')
      await witness.ended(ended.key)
      await witness.reached(running.key, 'running')
      const whole = await runner.logs(ended.key, cluster, null)
      expect(whole.lines.map(({ text }) => text)).toEqual(['one', 'two', 'three'])
      expect(whole.cursor).toBeNull()

      const texts: string[] = []
      let cursor: string | null = null
      const limit = Date.now() + harness.patienceMs
      do {
        const part = await runner.logs(running.key, cluster, cursor)
        texts.push(...part.lines.map(({ text }) => text))
        cursor = part.cursor
        expect(cursor).not.toBeNull()
        await sleep(20)
      } while (texts.length === 0 && Date.now() < limit)
      expect(texts).toEqual(['begun'])
      expect(await runner.logs(running.key, cluster, cursor)).toEqual({ lines: [], cursor })
      await cancel(running.key)
      expect(await runner.logs('fl-conformance-unknown', cluster, null)).toEqual({ lines: [], cursor: null })
    })

    it('knows no capacity, or a number of slots', async () => {
      const { slots } = await harness.runner.capacity(harness.cluster)
      expect(slots === null || slots > 0).toBe(true)
    })

    it('ends an observation when it is told to', async () => {
      const fresh = newWitness()
      await fresh.firstList()
      await fresh.stop()
      const stopped = newWitness()
      await stopped.stop()
    })
  })
}
