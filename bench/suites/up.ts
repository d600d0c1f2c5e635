import { createDevclusters } from '@fairlead/devcluster/devcluster'
import { freePort } from '@fairlead/devservices/free-port'
import { root } from '@fairlead/e2e/stack'
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { resultRow, type ResultRow } from '../harness/result'
import type { Suite, SuiteContext } from '../harness/suite'

const warmRuns = 3
const giveUpAfterMs = 1_800_000

/** Seconds from the spawn of npm. */
interface Start {
  readonly address: number
  readonly ready: number
}

/**
 * The first command of the README, in a fresh clone, then again. What a second clone on the same machine shares with
 * the first is there: npm's cache and the built cluster binaries; nothing of the checkout is.
 */
async function run({ say, atEnd }: SuiteContext): Promise<readonly ResultRow[]> {
  // Short: a kubelet's sockets lie far below.
  const home = fs.mkdtempSync(path.join('/var/tmp', 'fl-up-'))
  fs.chmodSync(home, 0o755)
  const clone = path.join(home, 'main')
  const forget = atEnd(async () => {
    await deleteClusters(path.join(clone, '.fairlead/clusters'))
    fs.rmSync(home, { recursive: true, force: true })
  })
  execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${root}`, clone])
  try {
    const port = await freePort()
    const cold = await startOnce({ clone, port, atEnd })
    say(`up, cold: address ${cold.address.toFixed(1)} s, ready ${cold.ready.toFixed(1)} s`)
    const warm: Start[] = []
    for (let turn = 0; turn < warmRuns; turn++) {
      warm.push(await startOnce({ clone, port, atEnd }))
      say(`up, warm ${turn + 1}/${warmRuns}: ${JSON.stringify(warm.at(-1))}`)
    }
    return [...rowsOf('cold, fresh clone', [cold]), ...rowsOf('warm, second start', warm)]
  } finally {
    await forget()
  }
}

const rowsOf = (what: string, starts: readonly Start[]): ResultRow[] => [
  resultRow({
    shape: `npm run up, ${what}: spawn → address`,
    unit: 's',
    samples: starts.map(({ address }) => address),
  }),
  resultRow({
    shape: `npm run up, ${what}: spawn → both clusters and the demo`,
    unit: 's',
    samples: starts.map(({ ready }) => ready),
  }),
]

interface Starting {
  readonly clone: string
  readonly port: number
  readonly atEnd: SuiteContext['atEnd']
}

/** Spawns `npm run up`, waits for its two announcements, and interrupts it as a terminal would. */
async function startOnce({ clone, port, atEnd }: Starting): Promise<Start> {
  const startedAt = performance.now()
  const child = spawn('npm', ['run', 'up', '--', '--port', String(port)], {
    cwd: clone,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const end = atEnd(() => interrupt(child))
  try {
    const said = listen(child)
    const seconds = async (line: RegExp): Promise<number> => {
      await said(line)
      return (performance.now() - startedAt) / 1000
    }
    return { address: await seconds(/Fairlead is at http/), ready: await seconds(/^\s*Ready\./m) }
  } finally {
    await end()
  }
}

function listen(child: ChildProcess): (line: RegExp) => Promise<void> {
  let text = ''
  const waiting = new Set<() => void>()
  const onData = (data: Buffer): void => {
    text += data.toString()
    for (const look of waiting) look()
  }
  child.stdout?.on('data', onData)
  child.stderr?.on('data', onData)
  return (line) =>
    new Promise((resolve, reject) => {
      const fail = (why: string): void =>
        reject(new Error(`npm run up: ${why} before ${line}\n${text.slice(-2_000)}`))
      const timer = setTimeout(() => fail(`${giveUpAfterMs / 1000} s passed`), giveUpAfterMs)
      child.once('exit', (code) => fail(`ended with ${String(code)}`))
      const look = (): void => {
        if (/local clusters are not available/.test(text)) fail('the clusters did not come up')
        if (!line.test(text)) return
        waiting.delete(look)
        clearTimeout(timer)
        resolve()
      }
      waiting.add(look)
      look()
    })
}

/** Ctrl-C reaches the whole foreground group. */
async function interrupt(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  process.kill(-child.pid, 'SIGINT')
  await ended
}

async function deleteClusters(home: string): Promise<void> {
  const devclusters = createDevclusters({ home })
  for (const { name } of await devclusters.list()) await devclusters.delete(name)
}

export const up: Suite = { needs: 'nothing', run }
