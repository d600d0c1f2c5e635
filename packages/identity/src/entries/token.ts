import { FairleadError } from '@fairlead/contracts/errors'
import type { TokenView } from '@fairlead/contracts/identity'
import type { Scope } from '@fairlead/contracts/permissions'
import type { ParsedOf } from '@fairlead/contracts/surface'
import type { IdentityDb } from '@fairlead/db/views'
import { notFound, projectsWith } from '@fairlead/kernel/authorise'
import type { CommandContext, QueryContext } from '@fairlead/kernel/context'
import { room, type Entries } from '@fairlead/kernel/door'
import { holdsRole, roleOf } from '../held-roles'
import { newToken } from '../secret'

type Context = CommandContext<IdentityDb>
const maxDays = 365

export function tokenEntries(db: IdentityDb): Pick<Entries, 'token.list' | 'token.create' | 'token.revoke'> {
  const { query, command } = room(db)
  return {
    'token.list': query('token.list', { scope: { kind: 'any' }, run: listTokens }),
    'token.create': command('token.create', {
      scope: ({ db: reader }, { project }) => scopeOf(reader, project),
      run: createToken,
    }),
    'token.revoke': command('token.revoke', {
      scope: async ({ db: reader }, { token }): Promise<Scope> => {
        const found = await reader.apiToken.findUnique({ where: { id: token }, select: { projectId: true } })
        if (found === null) throw notFound('token')
        return found.projectId === null
          ? { kind: 'installation' }
          : { kind: 'project', projectId: found.projectId }
      },
      run: revokeToken,
    }),
  }
}

async function scopeOf(db: Pick<IdentityDb, 'project'>, name: string | null): Promise<Scope> {
  if (name === null) return { kind: 'installation' }
  const project = await db.project.findUnique({ where: { name }, select: { id: true } })
  if (project === null) throw notFound('project')
  return { kind: 'project', projectId: project.id }
}

async function listTokens({ db, actor }: QueryContext<IdentityDb>): Promise<TokenView[]> {
  const visible = projectsWith(actor, 'token.manage')
  const tokens = await db.apiToken.findMany({
    ...(visible === 'all' ? {} : { where: { projectId: { in: visible } } }),
    orderBy: { createdAt: 'desc' },
    include: { user: { select: { name: true } }, project: { select: { name: true } } },
  })
  return tokens.flatMap((token) => {
    const role = roleOf(token.role)
    if (role === undefined) return []
    return [
      {
        id: token.id,
        name: token.name,
        prefix: token.prefix,
        project: token.project?.name ?? null,
        role,
        owner: token.user.name,
        createdAt: token.createdAt.toISOString(),
        expiresAt: token.expiresAt.toISOString(),
        lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
        revokedAt: token.revokedAt?.toISOString() ?? null,
      },
    ]
  })
}

async function createToken(context: Context, input: ParsedOf<'token.create'>) {
  const { tx, actor, now } = context
  if (actor.kind !== 'user')
    throw new FairleadError('forbidden', 'An API token cannot create another one.', {
      remedy: 'Sign in with a password to create a token.',
    })
  const scope = await scopeOf(tx, input.project)
  const projectId = scope.kind === 'project' ? scope.projectId : null
  if (!holdsRole(actor.memberships, projectId, input.role))
    throw new FairleadError(
      'forbidden',
      `You cannot give a token the role ${input.role}, which you do not hold there.`,
    )
  const days = Number.parseInt(input.expires, 10)
  if (days < 1 || days > maxDays)
    throw new FairleadError('invalid', 'expires: a token lives for 1 to 365 days.', {
      path: 'expires',
      found: input.expires,
      expected: '1d to 365d',
    })
  const { secret, secretHash, prefix } = newToken()
  const expiresAt = new Date(now.getTime() + days * 24 * 3_600_000)
  const token = await tx.apiToken.create({
    data: { name: input.name, prefix, secretHash, userId: actor.id, projectId, role: input.role, expiresAt },
  })
  context.subject({ kind: 'token', id: token.id, name: token.name })
  context.note({ role: input.role, project: input.project, prefix, expiresAt: expiresAt.toISOString() })
  context.change({ topic: 'token', key: token.id, projectId })
  return { id: token.id, secret, expiresAt: expiresAt.toISOString() }
}

async function revokeToken(context: Context, input: ParsedOf<'token.revoke'>) {
  const { tx, now } = context
  const token = await tx.apiToken.findUnique({ where: { id: input.token } })
  if (token === null) throw notFound('token')
  await tx.apiToken.updateMany({ where: { id: token.id, revokedAt: null }, data: { revokedAt: now } })
  context.subject({ kind: 'token', id: token.id, name: token.name })
  context.change({ topic: 'token', key: token.id, projectId: token.projectId })
  return { done: true } as const
}
