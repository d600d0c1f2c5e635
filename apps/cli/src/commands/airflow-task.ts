import type { Command } from 'commander'

/** What the action of a command about one task of a run is called with. */
export type TaskArguments<Options> = readonly [
  connection: string,
  dag: string,
  run: string,
  task: string,
  options: Options,
  command: Command,
]

/** The arguments that name one task of a run. */
export const ofTask = (command: Command): Command =>
  command.argument('<name>').argument('<dag>').argument('<run>').argument('<task>')
