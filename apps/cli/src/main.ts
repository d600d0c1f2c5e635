/**
 * `fairlead`, for people and CI systems. session.ts opens the API, commands/* are the verbs, failure.ts turns every
 * error into words on stderr and one of the exit codes of contracts/exit-codes; up/ brings a whole installation up.
 */
import { exitCodes } from '@fairlead/contracts/exit-codes'
import { Command, CommanderError } from 'commander'
import { addAirflow } from './commands/airflow'
import { addApply } from './commands/apply'
import { addAudit } from './commands/audit'
import { addCheck } from './commands/check'
import { addCluster } from './commands/cluster'
import { addCompare } from './commands/compare'
import { addDeploy } from './commands/deploy'
import { addDrift } from './commands/drift'
import { addEvent } from './commands/event'
import { addException } from './commands/exception'
import { addFreeze } from './commands/freeze'
import { addGet } from './commands/get'
import { addHands } from './commands/hands'
import { addLogin } from './commands/login'
import { addNode } from './commands/node'
import { addPool } from './commands/pool'
import { addRepository } from './commands/repository'
import { addRollout } from './commands/rollout'
import { addRun } from './commands/run'
import { addSource } from './commands/source'
import { addTimeline } from './commands/timeline'
import { addToken } from './commands/token'
import { addUp } from './commands/up'
import { addUsage } from './commands/usage'
import { addWhy } from './commands/why'
import { addWorkflow } from './commands/workflow'
import { describeFailure } from './failure'

export function createProgram(): Command {
  const program = new Command('fairlead')
    .description('Deploy, approve and oversee on many Kubernetes clusters')
    .option('--json', 'one JSON document on stdout, messages on stderr')
    .enablePositionalOptions()
    .exitOverride()
  for (const add of [
    addUp,
    addLogin,
    addToken,
    addCluster,
    addCheck,
    addGet,
    addCompare,
    addWhy,
    addUsage,
    addTimeline,
    addHands,
    addNode,
    addApply,
    addDeploy,
    addRollout,
    addDrift,
    addSource,
    addRepository,
    addFreeze,
    addException,
    addWorkflow,
    addRun,
    addPool,
    addEvent,
    addAirflow,
    addAudit,
  ])
    add(program)
  acceptJsonEverywhere(program)
  return program
}

function acceptJsonEverywhere(command: Command): void {
  for (const child of command.commands) {
    if (child.commands.length === 0) child.option('--json', 'one JSON document on stdout').exitOverride()
    acceptJsonEverywhere(child)
  }
}

export async function run(argv: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync([...argv], { from: 'user' })
    return exitCodes.done
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    const { text, exitCode } = describeFailure(error)
    process.stderr.write(`${text}\n`)
    return exitCode
  }
}
