import type { SourceView } from '@fairlead/contracts/source'
import { sourceStates, sourceSteps } from '@fairlead/contracts/source-states'
import { exitCodes } from '@fairlead/contracts/exit-codes'
import type { Command } from 'commander'
import { Ended } from '../failure'
import { age, table } from '../output'
import { contextOf } from './command-context'

interface Named {
  readonly application: string
  readonly project?: string
}
const refOf = ({ application, project }: Named) => ({
  application,
  ...(project === undefined ? {} : { project }),
})
const named = (command: Command): Command =>
  command.requiredOption('-a, --application <name>').option('-p, --project <project>')

const lookWaitMs = 180_000
const pollMs = 500

export function addSource(program: Command): void {
  const source = program.command('source').description('where the manifests of an application come from')
  named(source.command('show'))
    .description('the repository, what was there at the last look, and what is wrong with it')
    .action(async (options: Named, command: Command) => {
      const { api, out } = contextOf(command)
      const view = await api.source.get.query(refOf(options))
      out.result(view, () => sourceText(view))
    })
  addHook(source)
  named(source.command('look'))
    .description('look at it now')
    .option('--wait', 'until it was looked at; ends with 1 when that failed')
    .action(async (options: Named & { wait?: boolean }, command: Command) => {
      const { api, out } = contextOf(command)
      const asked = await api.source.look.mutate(refOf(options))
      if (options.wait !== true) return out.result(asked, () => 'It is looked at.')
      const get = () => api.source.get.query(refOf(options))
      const view = await looked(get)
      out.result(view, () => sourceText(view))
      if (view.asked) throw new Ended(exitCodes.waiting, 'It has not been looked at yet.')
      if (view.error !== null) throw new Ended(exitCodes.failed, view.error.message)
    })
}

function addHook(source: Command): void {
  named(source.command('hook'))
    .description('make a secret for the webhook of its repository, and show it once')
    .action(async (options: Named, command: Command) => {
      const { api, out } = contextOf(command)
      const hook = await api.source.setHook.mutate(refOf(options))
      out.result(
        hook,
        ({ path, secret }) =>
          `Payload address, below that of the console: ${path}\nSecret (shown only once): ${secret}`,
      )
    })
}

async function looked(get: () => Promise<SourceView>): Promise<SourceView> {
  const giveUpAt = Date.now() + lookWaitMs
  for (;;) {
    const view = await get()
    if (!view.asked || Date.now() > giveUpAt) return view
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

function sourceText(view: SourceView): string {
  if (view.kind === 'inline') return 'Its manifests are given at each deploy.'
  const { error, origin, release } = view
  const rows = [
    ['source', view.kind],
    ['repository', view.repository],
    ['ref', view.ref],
    ['path', view.path],
    ['chart', view.chart],
    ['version', view.version],
    ['deploys', view.on],
    ['state', sourceStates[view.state].word],
    ['seen there', view.revision],
    ['looked at', view.lookedAt === null ? 'never' : `${age(view.lookedAt)} ago`],
    ['release', release === null ? 'none' : `${release.number}, ${origin?.subject ?? origin?.version ?? ''}`],
    ['digest', origin?.digest ?? null],
    ['rendered by', origin?.renderer ?? null],
    ['error', error === null ? null : `${sourceSteps[error.step]}: ${error.message}`],
    [
      'where',
      error?.file === undefined
        ? null
        : [error.file, error.line].filter((part) => part !== undefined).join(':'),
    ],
    ['remedy', error?.remedy ?? null],
  ]
  return table(
    ['', ''],
    rows.flatMap(([name, value]) => (value == null ? [] : [[name ?? '', value]])),
  )
}
