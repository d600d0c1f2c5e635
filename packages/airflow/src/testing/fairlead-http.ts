import { errorCodes, FairleadError, isFairleadError } from '@fairlead/contracts/errors'
import type { Actor, Call, Services } from '@fairlead/kernel/context'
import type { TestDatabase } from '@fairlead/testkit/database'
import { actorOfToken } from '@fairlead/identity/actor'
import { newToken } from '@fairlead/identity/secret'
import { workflowEntries } from '@fairlead/workflow/entries'
import { listRollouts } from '@fairlead/workload/verbs/list-rollouts'
import { initTRPC } from '@trpc/server'
import { createHTTPServer } from '@trpc/server/adapters/standalone'
import { once } from 'node:events'
import superjson from 'superjson'

type Db = TestDatabase['db']

/** A token of a person who may run workflows of the project. */
export async function tokenOf(db: Db, projectId: string): Promise<string> {
  const { secret, secretHash, prefix } = newToken()
  const owner = { id: 'otto', name: 'Otto', email: 'otto@example.org' }
  await db.user.create({ data: { ...owner, memberships: { create: { projectId, role: 'deployer' } } } })
  const expiresAt = new Date(Date.now() + 3_600_000)
  await db.apiToken.create({
    data: { name: 'airflow', prefix, secretHash, userId: owner.id, projectId, role: 'deployer', expiresAt },
  })
  return secret
}

interface Invoked {
  invoke(services: Services, call: Call, input: unknown): Promise<unknown>
}

/** The entries that Airflow's tasks use, on the wire as packages/api puts them there, and behind a real token. */
export async function fairleadHttp(db: Db, port: number): Promise<{ close(): void }> {
  const t = initTRPC.context<{ actor: Actor }>().create({
    transformer: superjson,
    errorFormatter: ({ shape, error }) => {
      const { code, message, detail } = isFairleadError(error.cause)
        ? error.cause
        : new FairleadError('internal', String(error.cause))
      return { ...shape, message, data: { code, detail } }
    },
  })
  const services: Services = {
    db,
    queues: { ring: () => Promise.resolve() },
    clock: () => new Date(),
    onInternalError: (error) => process.stderr.write(`${String(error)}\n`),
  }
  const workflow = workflowEntries({
    db,
    destinationsOf: async () => [],
    runner: { logs: async () => ({ lines: [], cursor: null }) },
  })
  const input = t.procedure.input((value: unknown) => value)
  const asked = (entry: Invoked) => (asking: { ctx: { actor: Actor }; input: unknown }) =>
    entry.invoke(services, { actor: asking.ctx.actor, via: 'cli', address: null }, asking.input)
  const router = t.router({
    workflow: t.router({ start: input.mutation(asked(workflow['workflow.start'])) }),
    run: t.router({
      get: input.query(asked(workflow['run.get'])),
      cancel: input.mutation(asked(workflow['run.cancel'])),
    }),
    rollout: t.router({ list: input.query(asked(listRollouts({ db }))) }),
  })
  const server = createHTTPServer({
    router,
    basePath: '/api/trpc/',
    allowMethodOverride: true,
    responseMeta: ({ errors: [error] }) =>
      isFairleadError(error?.cause) ? { status: errorCodes[error.cause.code].http } : {},
    createContext: async ({ req }) => ({
      actor: await actorOfToken(db, (req.headers.authorization ?? '').replace('Bearer ', ''), new Date()),
    }),
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return { close: () => void server.close().closeAllConnections() }
}
