import type { SuiteContext } from './suite'

export interface Endings {
  readonly atEnd: SuiteContext['atEnd']
  /** Everything that is still open, newest first. */
  endAll(): Promise<void>
}

export function createEndings(): Endings {
  const open: (() => Promise<void>)[] = []
  return {
    atEnd: (undo) => {
      let running: Promise<void> | undefined
      const once = (): Promise<void> => {
        if (open.includes(once)) open.splice(open.indexOf(once), 1)
        return (running ??= undo())
      }
      open.push(once)
      return once
    },
    endAll: async () => {
      for (let last = open.at(-1); last !== undefined; last = open.at(-1))
        await last().catch((error: unknown) => process.stderr.write(`  ${String(error)}\n`))
    },
  }
}
