import { checkNames, checkSeverities } from '@fairlead/contracts/checks'
import { FairleadError } from '@fairlead/contracts/errors'
import { Option, type Command } from 'commander'
import { age, table } from '../output'
import { contextOf } from './command-context'

interface ListOptions {
  readonly severity?: (typeof checkSeverities)[number]
  readonly check?: (typeof checkNames)[number]
  readonly cluster?: string
  readonly project?: string
  readonly waived?: boolean
}

export function addCheck(program: Command): void {
  const check = program.command('check').description('readiness checks of every workload')
  check
    .command('list')
    .argument('[search]', 'part of namespace/name or of the application')
    .addOption(new Option('--severity <severity>').choices([...checkSeverities]))
    .addOption(new Option('--check <check>').choices([...checkNames]))
    .option('--cluster <cluster>')
    .option('--project <project>')
    .option('--waived', 'what somebody has decided to live with, instead of what stands')
    .action(async (search: string | undefined, options: ListOptions, command: Command) => {
      const { api, out } = contextOf(command)
      const view = await api.check.list.query({ ...options, ...(search === undefined ? {} : { search }) })
      if (view.total > view.findings.length) out.say(`${view.findings.length} of ${view.total} findings`)
      const rows = view.findings.map((row) => [
        row.severity,
        row.check,
        row.cluster.name,
        `${row.namespace}/${row.name}`,
        row.kind,
        age(row.since),
        row.waiver === null ? row.message : `${row.waiver.reason} (${row.waiver.by}, ${row.waiver.id})`,
      ])
      out.result(view, () =>
        rows.length === 0
          ? 'No finding.'
          : table(['severity', 'check', 'cluster', 'workload', 'kind', 'since', 'found'], rows),
      )
    })
  check
    .command('waive')
    .argument('<workload>', 'kind/namespace/name, as in Deployment/shop/web')
    .requiredOption('--cluster <cluster>')
    .addOption(new Option('--check <check>').choices([...checkNames]).makeOptionMandatory())
    .requiredOption('--reason <reason>')
    .option('--days <days>', 'until it stands again', '30')
    .action(
      async (
        workload: string,
        options: { cluster: string; check: (typeof checkNames)[number]; reason: string; days: string },
        command: Command,
      ) => {
        const { api, out } = contextOf(command)
        const [kind, namespace, name, ...more] = workload.split('/')
        if (!kind || !namespace || !name || more.length > 0)
          throw new FairleadError('invalid', `"${workload}" names no workload.`, {
            expected: 'kind/namespace/name, as in Deployment/shop/web',
          })
        const { cluster } = await api.cluster.get.query({ cluster: options.cluster })
        const { check: waived, reason, days } = options
        const done = await api.check.waive.mutate({
          cluster: cluster.id,
          namespace,
          kind,
          name,
          check: waived,
          reason,
          days: Number(days),
        })
        out.result(done, ({ id, expiresAt }) => `Waived ${waived} of ${workload} until ${expiresAt} (${id}).`)
      },
    )
  check
    .command('withdraw')
    .argument('<waiver>')
    .action(async (waiver: string, _options: object, command: Command) => {
      const { api, out } = contextOf(command)
      out.result(await api.check.withdraw.mutate({ waiver }), () => 'Withdrawn.')
    })
}
