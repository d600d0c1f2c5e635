import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { runLimited, type Limits } from './run-limited'

const mebi = 1024 * 1024
const generous: Limits = { timeoutMs: 60_000, maxOutputBytes: mebi, maxMemoryBytes: 4096 * mebi }
const node = (script: string, limits: Partial<Limits> = {}) =>
  runLimited(
    {
      name: 'helm',
      program: process.execPath,
      args: ['-e', script],
      cwd: tmpdir(),
      env: { ONE: '1' },
      input: 'in',
    },
    { ...generous, ...limits },
  )

describe('a program under limits', () => {
  it('gets what it is given, nothing of ours, and gives back what it wrote', async () => {
    const script = `process.stdout.write(JSON.stringify(Object.keys(process.env)) + require('fs').readFileSync(0)); process.stderr.write('words'); process.exitCode = 3`
    const { code, stdout, stderr } = await node(script)
    expect({ code, stdout: stdout.toString(), stderr }).toEqual({
      code: 3,
      stdout: '["ONE"]in',
      stderr: 'words',
    })
  })

  it('is ended when it takes too long, with what it started', async () => {
    const script = `require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }); setInterval(() => {}, 1000)`
    // It would not settle while a child of it held its output open.
    await expect(node(script, { timeoutMs: 500 })).rejects.toThrow(
      /^helm was ended: it took longer than 0\.5 s/,
    )
  })

  it('is ended when it writes without an end', async () => {
    await expect(node(`setInterval(() => process.stdout.write('x'.repeat(100000)), 1)`)).rejects.toThrow(
      /wrote more than 1 MiB/,
    )
  })

  it.runIf(process.platform === 'linux')('is ended when it needs too much memory', async () => {
    const script = `const kept = []; setInterval(() => kept.push(Buffer.alloc(16 * 1024 * 1024, 1)), 20)`
    await expect(node(script, { maxMemoryBytes: 256 * mebi })).rejects.toThrow(/more than 256 MiB of memory/)
  })

  it('that is not there is named, with the setting that names another', async () => {
    const gone = { name: 'helm', program: '/nonexistent/helm', args: [], cwd: tmpdir(), env: {} }
    await expect(runLimited(gone, generous)).rejects.toMatchObject({
      code: 'unavailable',
      detail: { remedy: expect.stringContaining('FAIRLEAD_HELM') },
    })
  })
})
