import type { Environment } from '@fairlead/contracts/cluster'
import type { Command } from 'commander'
import {
  accessFrom,
  awsIdentity,
  withAccessOptions,
  withAwsOptions,
  type AccessOptions,
} from './cluster-access'
import { collect, contextOf, pairs } from './command-context'

interface AddOptions extends AccessOptions {
  readonly environment: string
  readonly label: string[]
  readonly namespace: string[]
}

/** How clusters come in and get new credentials. */
export function addRegistration(cluster: Command): void {
  withAccessOptions(cluster.command('add').argument('<name>'))
    .option('--environment <environment>', 'production, staging or development', 'development')
    .option('--label <key=value>', 'may be repeated', collect, [])
    .option(
      '--namespace <namespace>',
      'where it may not read the whole cluster; may be repeated',
      collect,
      [],
    )
    .action(async (name: string, options: AddOptions, command: Command) => {
      const { api, out } = contextOf(command)
      const created = await api.cluster.register.mutate({
        ...(await accessFrom(options)),
        name,
        environment: options.environment as Environment,
        labels: pairs(options.label),
        namespaces: options.namespace,
      })
      out.result(created, () => `Registered ${name}.`)
    })
  withAccessOptions(cluster.command('rotate').argument('<name>'))
    .description('give it a new credential, of any kind')
    .action(async (name: string, options: AccessOptions, command: Command) => {
      const { api, out } = contextOf(command)
      const rotated = await api.cluster.rotate.mutate({ ...(await accessFrom(options)), cluster: name })
      out.result(rotated, () => `${name} has a new credential.`)
    })
  cluster
    .command('namespaces')
    .argument('<name>')
    .argument('[namespaces...]', 'none: the whole cluster')
    .description('say which namespaces are watched, where it may not read them all')
    .action(async (name: string, namespaces: string[], _options: object, command: Command) => {
      const { api, out } = contextOf(command)
      const done = await api.cluster.setNamespaces.mutate({ cluster: name, namespaces })
      out.result(done, () => `${name}: ${namespaces.length === 0 ? 'everything' : namespaces.join(', ')}.`)
    })
  withAwsOptions(cluster.command('list-eks'))
    .description('EKS clusters of an account and region')
    .action(async (options: AccessOptions, command: Command) => {
      const { api, out } = contextOf(command)
      const list = await api.cluster.listEks.query(await awsIdentity(options))
      const none = `No EKS cluster in ${options.region ?? ''}.`
      out.result(
        list,
        () => `${list.account}, ${list.arn}\n${list.clusters.length === 0 ? none : list.clusters.join('\n')}`,
      )
    })
}
