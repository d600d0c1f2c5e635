import { exitCodes } from '@fairlead/contracts/exit-codes'
import { drainStates, drainSteps } from '@fairlead/contracts/hand-states'
import type { DrainPlan, DrainView } from '@fairlead/contracts/hands'
import type { ClusterId, DrainId } from '@fairlead/contracts/ids'
import type { Command } from 'commander'
import { Ended } from '../failure'
import { table } from '../output'
import { contextOf, type CommandContext } from './command-context'

interface NodeOptions {
  readonly cluster: string
}
interface DrainOptions extends NodeOptions {
  readonly deleteEmptydirData?: boolean
  readonly force?: boolean
  readonly gracePeriod?: number
  readonly timeout: number
  readonly dryRun?: boolean
  readonly wait: boolean
  readonly confirm?: string
}

const nodeRef = async ({ api }: CommandContext, name: string, { cluster }: NodeOptions) => ({
  cluster: (await api.cluster.get.query({ cluster })).cluster.id as ClusterId,
  name,
})

/** kubectl cordon, uncordon and drain. */
export function addNode(program: Command): void {
  for (const hand of ['cordon', 'uncordon'] as const)
    program
      .command(hand)
      .description(hand === 'cordon' ? 'let no new pod onto a node' : 'let pods onto a node again')
      .argument('<node>')
      .requiredOption('--cluster <cluster>')
      .action(async (name: string, options: NodeOptions, command: Command) => {
        const context = contextOf(command)
        const handled = await context.api.node[hand].mutate(await nodeRef(context, name, options))
        context.out.result(handled, () => (handled.changed ? `${name} ${hand}ed.` : handled.notes.join(' ')))
      })
  program
    .command('drain')
    .description(
      'cordon a node and evict its pods, as budgets allow it; goes on when this command is interrupted',
    )
    .argument('<node>')
    .requiredOption('--cluster <cluster>')
    .option('--delete-emptydir-data', 'take pods along whose emptyDir volumes are lost')
    .option('--force', 'take pods along that no controller brings back')
    .option('--grace-period <seconds>', 'that each pod gets to stop', Number)
    .option('--timeout <seconds>', 'after which it gives up', Number, 3_600)
    .option('--dry-run', 'only show what would become of each pod')
    .option('--no-wait', 'do not wait for the end')
    .option('--confirm <node>', 'the name once more: needed in production')
    .action(drain)
}

async function drain(name: string, options: DrainOptions, command: Command): Promise<void> {
  const context = contextOf(command)
  const { api, out } = context
  const wanted = {
    ...(await nodeRef(context, name, options)),
    emptyDir: options.deleteEmptydirData === true,
    unmanaged: options.force === true,
  }
  if (options.dryRun === true) {
    const plan = await api.node.planDrain.query(wanted)
    return out.result(plan, planText)
  }
  const { id } = await api.node.drain.mutate({
    ...wanted,
    timeoutSeconds: options.timeout,
    ...(options.gracePeriod === undefined ? {} : { gracePeriodSeconds: options.gracePeriod }),
    ...(options.confirm === undefined ? {} : { confirm: options.confirm }),
  })
  if (!options.wait) return out.result({ id }, () => `Draining ${name}.`)
  const ended = await follow(context, wanted, id as DrainId)
  out.result(ended, () => `${drainStates[ended.state].word}: ${ended.message}`)
  if (ended.state !== 'succeeded') throw new Ended(exitCodes.failed, `${name} is not drained.`)
}

function planText(plan: DrainPlan): string {
  const rows = plan.pods.map(({ namespace, name, step, reason }) => [
    namespace,
    name,
    drainSteps[step].word,
    reason,
  ])
  return rows.length === 0 ? 'No pod is on this node.' : table(['namespace', 'name', 'what', 'why'], rows)
}

const pollMs = 1_000

/** Says each change once, and ends with the drain. */
async function follow(
  { api, out }: CommandContext,
  node: { readonly cluster: ClusterId; readonly name: string },
  id: DrainId,
): Promise<DrainView> {
  let said = ''
  for (;;) {
    const drains = await api.node.drains.query({ cluster: node.cluster, node: node.name })
    const found = drains.find((each) => each.id === id)
    if (found !== undefined && drainStates[found.state].terminal) return found
    const [first] = found?.waiting ?? []
    const text = `${found?.message ?? ''}${first === undefined ? '' : ` ${first.namespace}/${first.name}: ${first.reason}`}`
    if (text !== said) out.say(text)
    said = text
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}
