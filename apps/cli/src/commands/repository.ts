import type { Command } from 'commander'
import { age, table } from '../output'
import { readInput } from '../read-input'
import { contextOf } from './command-context'

interface Login {
  readonly project: string
  readonly username: string
  readonly passwordFile: string
}

/** Logins for repositories and metrics servers: a password on the command line would be read by every process of the machine. */
export function addRepository(program: Command): void {
  const repository = program
    .command('repository')
    .description('logins for repositories of manifests, and for metrics servers')
  repository
    .command('set')
    .description('keep a login for what is at an address, and for all whose address begins with this one')
    .argument('<address>', 'https://git.example.org/shop, or oci://registry.example.org/team')
    .requiredOption('--project <project>', 'whose applications use it')
    .option('--username <name>', 'without one the password is a bearer token', '')
    .requiredOption('--password-file <file>', 'a file that holds the password or token; - is standard input')
    .action(async (address: string, { project, username, passwordFile }: Login, command: Command) => {
      const { api, out } = contextOf(command)
      const password = (await readInput(passwordFile)).replace(/\r?\n$/, '')
      const set = await api.repository.set.mutate({ project, address, username, password })
      out.result(set, ({ created }) => `${address} has ${created ? 'a' : 'another'} login in ${project}.`)
    })
  repository.command('list').action(async (_options: object, command: Command) => {
    const { api, out } = contextOf(command)
    const rows = await api.repository.list.query({})
    out.result(rows, () =>
      table(
        ['project', 'address', 'username', 'changed'],
        rows.map(({ project, address, username, rotatedAt }) => [
          project,
          address,
          username || '(bearer token)',
          age(rotatedAt),
        ]),
      ),
    )
  })
  repository
    .command('remove')
    .argument('<address>')
    .requiredOption('--project <project>')
    .action(async (address: string, { project }: { project: string }, command: Command) => {
      const { api, out } = contextOf(command)
      const removed = await api.repository.remove.mutate({ project, address })
      out.result(removed, () => `${project} has no login for ${address} any more.`)
    })
}
