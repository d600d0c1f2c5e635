import { spawn } from 'node:child_process'
import path from 'node:path'
import { root } from '../stack/stack'

export interface Ran {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs `npx fairlead …` as a CI system would: an address, a token, and nothing of this machine's login. */
export function fairlead(
  options: { url: string; token?: string; input?: string },
  ...args: string[]
): Promise<Ran> {
  const env = {
    PATH: process.env['PATH'],
    HOME: '/nonexistent',
    FAIRLEAD_URL: options.url,
    FAIRLEAD_TOKEN: options.token,
  }
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, 'apps/cli/bin/fairlead.mjs'), ...args], {
      cwd: root,
      env,
    })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (data) => (stdout += String(data)))
    child.stderr.on('data', (data) => (stderr += String(data)))
    child.once('exit', (code) => resolve({ exitCode: code ?? -1, stdout, stderr }))
    child.stdin.end(options.input ?? '')
  })
}
