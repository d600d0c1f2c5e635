import type { ActAs } from '@fairlead/contracts/acting'
import { exitCodes } from '@fairlead/contracts/exit-codes'
import { Argument, type Command } from 'commander'
import { actingText, actorWords } from '../acting-text'
import { Ended } from '../failure'
import { contextOf } from './command-context'

/** `fairlead cluster act-as`: in whose name hands and live questions are asked. */
export function addClusterActing(cluster: Command): void {
  cluster
    .command('act-as')
    .description(
      'as whom to act in a cluster for people: fairlead, or the person; without one, ask how it stands',
    )
    .argument('<name>')
    .addArgument(new Argument('[who]').choices(['fairlead', 'person']))
    .action(async (name: string, who: ActAs | undefined, _options: object, command: Command) => {
      const { api, out } = contextOf(command)
      if (who !== undefined) {
        const set = await api.cluster.setActing.mutate({ cluster: name, actAs: who })
        return out.result(set, () => `Fairlead acts in ${name} as ${actorWords[who]}.`)
      }
      const view = await api.cluster.acting.query({ cluster: name })
      out.result(view, () => actingText(view))
      if (view.actAs === 'person' && !view.works)
        throw new Ended(exitCodes.failed, `${name} does not let Fairlead act as people.`)
    })
}
