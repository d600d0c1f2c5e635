import { readFileSync } from 'node:fs'
import { tryCommand } from './run-command'

/** Mount points at or below `folder`, deepest first. */
export function mountsBelow(
  folder: string,
  mountinfo = readFileSync('/proc/self/mountinfo', 'utf8'),
): string[] {
  return mountinfo
    .split('\n')
    .map((line) =>
      (line.split(' ')[4] ?? '').replace(/\\(\d{3})/g, (_, octal: string) =>
        String.fromCharCode(parseInt(octal, 8)),
      ),
    )
    .filter((point) => point === folder || point.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)
}

/** Unmounts everything below `folder`; what is still busy is detached and goes with its last user. */
export async function unmountBelow(folder: string): Promise<void> {
  for (const point of mountsBelow(folder)) {
    const { code } = await tryCommand('umount', [point])
    if (code !== 0) await tryCommand('umount', ['-l', point])
  }
}
