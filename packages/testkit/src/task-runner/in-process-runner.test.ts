import { describe, expect, it } from 'vitest'
import { taskRunnerConformance, type Program } from './conformance'
import { createInProcessRunner, type InProcessTask } from './in-process-runner'

const programs: Readonly<Record<Program, InProcessTask>> = {
  succeed: () => undefined,
  fail: () => ({ exitCode: 3 }),
  output: () => ({ output: '{"rows": 3}\n' }),
  outputThenFail: () => ({ exitCode: 3, output: 'half' }),
  log: (_, { log }) => ['one', 'two', 'three'].forEach(log),
  endless: (_, { log, signal }) => {
    log('begun')
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve({ exitCode: 143 })))
  },
}

taskRunnerConformance('the in-process runner', async () => {
  const runner = createInProcessRunner({ tasks: programs })
  return {
    runner,
    cluster: 'here',
    namespace: 'none',
    patienceMs: 30_000,
    program: (image) => ({ image, command: [], args: [] }),
    vanish: async (key) => runner.vanish(key, 'here'),
    close: async () => undefined,
  }
})

describe('the in-process runner', () => {
  const attempt = (key: string, image: string) => ({
    key,
    run: 'run',
    project: 'project',
    workflow: 'workflow',
    task: key,
    index: 0,
    attempt: 1,
    token: key,
    specHash: image,
    spec: {
      namespace: 'none',
      image,
      command: [],
      args: [],
      env: {},
      resources: { requests: {}, limits: {} },
      serviceAccount: null,
      podTemplate: null,
    },
  })

  it('runs no more at once than it has slots, in order, and nothing that was cancelled in the queue', async () => {
    const begun: string[] = []
    const ends: (() => void)[] = []
    const held: InProcessTask = ({ key }) => {
      begun.push(key)
      return new Promise((resolve) => ends.push(() => resolve()))
    }
    const runner = createInProcessRunner({ tasks: { held }, slots: 2 })
    for (const key of ['a', 'b', 'c', 'd']) await runner.start(attempt(key, 'held'), 'here')
    expect(begun).toEqual(['a', 'b'])
    expect(await runner.cancel('c', 'here')).toEqual({ kind: 'gone' })
    ends[0]?.()
    await new Promise((resolve) => setImmediate(resolve))
    expect(begun).toEqual(['a', 'b', 'd'])
  })

  it('gets through a long queue of tasks that end at once', async () => {
    let release = (): void => undefined
    const held: InProcessTask = () => new Promise((resolve) => (release = () => resolve()))
    const runner = createInProcessRunner({ tasks: { held }, slots: 1 })
    await runner.start(attempt('first', 'held'), 'here')
    for (let index = 0; index < 20_000; index += 1) await runner.start(attempt(`k${index}`, 'none'), 'here')
    release()
    await new Promise((resolve) => setImmediate(resolve))
    expect(runner.attempts('here').every(({ phase }) => phase === 'succeeded')).toBe(true)
  })
})
