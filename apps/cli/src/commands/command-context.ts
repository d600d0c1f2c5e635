import type { Command } from 'commander'
import { createOutput, type Output } from '../output'
import { openSession, type Api } from '../session'

export interface CommandContext {
  readonly api: Api
  readonly url: string
  readonly out: Output
}

/** What every command that talks to Fairlead starts with. */
export function contextOf(command: Command): CommandContext {
  return { ...openSession(), out: createOutput(command.optsWithGlobals<{ json?: boolean }>().json === true) }
}

export const collect = (value: string, earlier: readonly string[]): string[] => [...earlier, value]

/** `k=v` pairs to a record. */
export function pairs(values: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    values.map((value) => {
      const at = value.indexOf('=')
      return at < 0 ? [value, ''] : [value.slice(0, at), value.slice(at + 1)]
    }),
  )
}
