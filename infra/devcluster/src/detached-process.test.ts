import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { processStartTime, runningPid, startDetached, stopDetached } from './detached-process'
import { mountsBelow } from './mounts'

const folder = mkdtempSync(join(tmpdir(), 'detached-process-'))
const spec = (name: string, args: string[]) => ({
  command: 'sleep',
  args,
  cwd: folder,
  logFile: join(folder, `${name}.log`),
  pidFile: join(folder, `${name}.json`),
})

it('starts a process once and stops exactly that one', async () => {
  const process = spec('one', ['60'])
  const pid = await startDetached(process)
  expect(await startDetached(process)).toBe(pid)
  expect(runningPid(process.pidFile)).toBe(pid)
  await stopDetached(process.pidFile)
  expect(processStartTime(pid)).toBeUndefined()
  expect(runningPid(process.pidFile)).toBeUndefined()
})

it('starts a supervised process again, until it is stopped', async () => {
  const runs = join(folder, 'runs')
  const process = { ...spec('again', ['-c', `echo run >> ${runs}`]), command: 'sh', restarts: true }
  await startDetached(process)
  await expect
    .poll(() => readFileSync(runs, 'utf8').split('\n').length, { timeout: 5_000 })
    .toBeGreaterThan(2)
  await stopDetached(process.pidFile)
  const count = readFileSync(runs, 'utf8').length
  await sleep(800)
  expect(readFileSync(runs, 'utf8')).toHaveLength(count)
})

it.each(['SIGTERM', 'SIGKILL'] as const)(
  'leaves no orphan of a supervised process after %s',
  async (signal) => {
    const mark = `${6_000 + signal.length}.${process.pid}`
    const supervised = { ...spec(signal, [mark]), restarts: true }
    const running = () => spawnSync('pgrep', ['-fx', `sleep ${mark}`]).status === 0
    await startDetached(supervised)
    await expect.poll(running).toBe(true)
    await stopDetached(supervised.pidFile, { signal })
    await expect.poll(running).toBe(false)
  },
)

it('leaves a recycled pid alone', async () => {
  const victim = spec('victim', ['60'])
  const pid = await startDetached(victim)
  const stale = join(folder, 'stale.json')
  const record = JSON.parse(readFileSync(victim.pidFile, 'utf8')) as Record<string, unknown>
  writeFileSync(stale, JSON.stringify({ ...record, startTime: '1' }))
  await stopDetached(stale)
  expect(runningPid(victim.pidFile)).toBe(pid)
  await stopDetached(victim.pidFile)
})

it('says which program could not be started', async () => {
  const missing = { ...spec('missing', []), command: join(folder, 'no-such-program') }
  await expect(startDetached(missing)).rejects.toMatchObject({ code: 'COMPONENT_FAILED' })
})

it('finds the mounts of a folder, deepest first, and not those of its namesakes', () => {
  const line = (point: string) => `36 35 0:30 / ${point} rw - tmpfs tmpfs rw`
  const table = ['/s/node-1', '/s/node-1/pods/a\\040b/volume', '/s/node-10/x', '/other'].map(line).join('\n')
  expect(mountsBelow('/s/node-1', table)).toEqual(['/s/node-1/pods/a b/volume', '/s/node-1'])
})
