import type { Command } from 'commander'
import { driftText } from '../drift-text'
import { contextOf } from './command-context'

interface DriftOptions {
  readonly application: string
  readonly project?: string
  readonly stage?: string
  readonly cluster?: string
  readonly putBack?: boolean
  readonly reason: string
}

export function addDrift(program: Command): void {
  program
    .command('drift')
    .description(
      'what differs from the verified release, and by whom; --put-back to have it as it was verified',
    )
    .requiredOption('-a, --application <name>')
    .option('-p, --project <project>')
    .option('--stage <stage>', 'one stage only; needed with --put-back')
    .option('--cluster <cluster>', 'one cluster only')
    .option('--put-back', 'apply the verified release again where it differs')
    .option('--reason <text>', 'for the audit log', 'by the command line')
    .action(async (options: DriftOptions, command: Command) => {
      const { api, out } = contextOf(command)
      const { application, project, stage, cluster, reason } = options
      const named = { application, ...(project === undefined ? {} : { project }) }
      if (options.putBack === true) {
        if (stage === undefined) return command.error('error: --put-back needs --stage')
        const place = { stage, ...(cluster === undefined ? {} : { cluster }) }
        const asked = await api.drift.putBack.mutate({ ...named, ...place, reason })
        return out.result(asked, () =>
          asked.targets === 1 ? 'One target is put back.' : `${asked.targets} targets are put back.`,
        )
      }
      const { targets } = await api.drift.get.query(named)
      const shown = targets.filter(
        (target) =>
          (stage === undefined || target.stage === stage) &&
          (cluster === undefined || target.cluster.name === cluster),
      )
      out.result(shown, () => driftText(shown))
    })
}
