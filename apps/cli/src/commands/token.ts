import type { Role } from '@fairlead/contracts/permissions'
import type { Command } from 'commander'
import { age, table } from '../output'
import { contextOf } from './command-context'

export function addToken(program: Command): void {
  const token = program.command('token').description('API tokens for CI systems')
  token
    .command('create')
    .requiredOption('--name <name>')
    .option('--project <project>', 'the one project it may act in; without it, the whole installation')
    .requiredOption('--role <role>', 'viewer, deployer, approver, operator or administrator')
    .option('--expires <days>', 'e.g. 90d', '90d')
    .action(
      async (
        options: { name: string; project?: string; role: string; expires: string },
        command: Command,
      ) => {
        const { api, out } = contextOf(command)
        const { project, role, ...rest } = options
        const created = await api.token.create.mutate({
          ...rest,
          role: role as Role,
          project: project ?? null,
        })
        out.say(`Shown once; it expires ${created.expiresAt}.`)
        out.result(created, () => created.secret)
      },
    )
  token.command('list').action(async (_options: object, command: Command) => {
    const { api, out } = contextOf(command)
    const tokens = await api.token.list.query({})
    const state = (row: (typeof tokens)[number]): string =>
      row.revokedAt !== null ? 'revoked' : Date.parse(row.expiresAt) < Date.now() ? 'expired' : 'valid'
    out.result(tokens, () =>
      table(
        ['id', 'name', 'project', 'role', 'owner', 'state', 'age', 'expires'],
        tokens.map((row) => [
          row.id,
          row.name,
          row.project ?? '*',
          row.role,
          row.owner,
          state(row),
          age(row.createdAt),
          row.expiresAt.slice(0, 10),
        ]),
      ),
    )
  })
  token
    .command('revoke')
    .argument('<id>')
    .action(async (id: string, _options: object, command: Command) => {
      const { api, out } = contextOf(command)
      out.result(await api.token.revoke.mutate({ token: id }), () => 'Revoked.')
    })
}
