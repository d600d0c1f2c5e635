// Runs named commands, the members of one group side by side, and says how long each took. Output of a failed one is shown whole.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { root } from './install.mjs'

export const bin = (name) => path.join(root, 'node_modules/.bin', name)
const quiet = {
  TURBO_TELEMETRY_DISABLED: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  FORCE_COLOR: '0',
}

function runStep({ title, command, args, env = {}, live = false }) {
  const startedAt = Date.now()
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...quiet, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const onData = (data) => {
      output += data
      if (live) process.stdout.write(data)
    }
    child.stdout.on('data', onData)
    child.stderr.on('data', onData)
    child.once('exit', (code) => {
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
      console.log(`${code === 0 ? '✓' : '✗'} ${title} (${seconds} s)`)
      if (code !== 0 && !live) console.log(output)
      resolve({ title, passed: code === 0 })
    })
  })
}

/** `groups`: arrays of steps; a group starts when the one before has ended. Resolves with every result. */
export async function runGroups(groups) {
  const results = []
  for (const group of groups) results.push(...(await Promise.all(group.map(runStep))))
  return results
}
