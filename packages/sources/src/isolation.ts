import { spawn } from 'node:child_process'

interface Started {
  readonly program: string
  readonly args: readonly string[]
}

const unshare = ['--user', '--map-root-user', '--net', '--'] as const
let able: Promise<boolean> | undefined

/**
 * A namespace without any network where the kernel gives one to everybody. It is the second wall: kustomize's entries
 * are checked before, and helm's template has no function that dials.
 */
export async function withoutNetwork(command: Started): Promise<Started> {
  able ??= canUnshare()
  return (await able)
    ? { program: '/usr/bin/unshare', args: [...unshare, command.program, ...command.args] }
    : command
}

const canUnshare = (): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn('/usr/bin/unshare', [...unshare, '/bin/true'], { stdio: 'ignore' })
    child.on('error', () => resolve(false))
    child.on('close', (code) => resolve(code === 0))
  })
