/**
 * The one door. Whatever changes or shows something is an entry of contracts/surface, implemented by a room with
 * command() or query() and called through invoke(): authorise → parse → transaction → run → audit → commit → ring.
 * context.ts says who acts and with what, authorise.ts decides, audit.ts chains what was done, cipher.ts seals secrets.
 */
import type { Bell } from '@fairlead/contracts/doorbells'
import { FairleadError, isFairleadError, messageOf, type ErrorCode } from '@fairlead/contracts/errors'
import type { Scope } from '@fairlead/contracts/permissions'
import {
  surface,
  type CommandName,
  type EntryName,
  type OutputOf,
  type ParsedOf,
  type QueryName,
} from '@fairlead/contracts/surface'
import { appendChanges, type NewChange } from '@fairlead/db/changes'
import type { KernelTx } from '@fairlead/db/views'
import { appendAudit } from './audit'
import { authorise } from './authorise'
import type { Call, CommandContext, PrepareContext, QueryContext, Services, Subject } from './context'

type ScopeOf<C, I> = Scope | ((context: C, input: I) => Promise<Scope> | Scope)

interface QueryImplementation<K extends QueryName, Db> {
  readonly scope: ScopeOf<QueryContext<Db>, ParsedOf<K>>
  run(context: QueryContext<Db>, input: ParsedOf<K>): Promise<OutputOf<K>>
}
interface CommandImplementation<K extends CommandName, Db, P> {
  readonly scope: ScopeOf<QueryContext<Db>, ParsedOf<K>>
  /** Slow work such as asking a cluster: after authorisation, before the transaction. What it names is audited if it fails, too. */
  prepare?(context: PrepareContext<Db>, input: ParsedOf<K>): Promise<P>
  run(context: CommandContext<Db>, input: ParsedOf<K>, prepared: P): Promise<OutputOf<K>>
}

/** An implemented entry, ready to be called by name. */
export interface Entry<K extends EntryName> {
  readonly name: K
  invoke(services: Services, call: Call, rawInput: unknown): Promise<OutputOf<K>>
}
export type Entries<K extends EntryName = EntryName> = { readonly [N in K]: Entry<N> }

/** `Db` is the room's view; the same pool serves every view. */
export function room<Db>(db: Db) {
  const contextOf = (services: Services, call: Call): QueryContext<Db> => ({
    db,
    actor: call.actor,
    address: call.address,
    now: services.clock(),
    ...(call.signal === undefined ? {} : { signal: call.signal }),
  })
  return {
    query: <K extends QueryName>(name: K, implementation: QueryImplementation<K, Db>): Entry<K> => ({
      name,
      invoke: (services, call, rawInput) =>
        guarded(services, name, async () => {
          const context = contextOf(services, call)
          const { input } = await admit(name, context, implementation.scope, rawInput)
          return implementation.run(context, input)
        }),
    }),
    command: <K extends CommandName, P = undefined>(
      name: K,
      implementation: CommandImplementation<K, Db, P>,
    ): Entry<K> => ({
      name,
      invoke: (services, call, rawInput) =>
        guarded(services, name, () =>
          runCommand({ services, call, name, implementation, context: contextOf(services, call) }, rawInput),
        ),
    }),
  }
}

async function admit<K extends EntryName, Db>(
  name: K,
  context: QueryContext<Db>,
  scopeOf: ScopeOf<QueryContext<Db>, ParsedOf<K>>,
  rawInput: unknown,
): Promise<{ input: ParsedOf<K>; scope: Scope }> {
  const { permission, input: schema } = surface[name]
  if (permission !== 'public') authorise(context.actor, permission, { kind: 'any' })
  const parsed = schema.safeParse(rawInput ?? {})
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const path = issue?.path.join('.') ?? ''
    throw new FairleadError(
      'invalid',
      `${path === '' ? 'The input' : path}: ${issue?.message ?? 'is not valid'}.`,
      { path },
    )
  }
  const input = parsed.data as ParsedOf<K>
  const scope = typeof scopeOf === 'function' ? await scopeOf(context, input) : scopeOf
  if (permission !== 'public') authorise(context.actor, permission, scope)
  return { input, scope }
}

interface CommandCall<K extends CommandName, Db, P> {
  readonly services: Services
  readonly call: Call
  readonly name: K
  readonly implementation: CommandImplementation<K, Db, P>
  readonly context: QueryContext<Db>
}

async function runCommand<K extends CommandName, Db, P>(
  command: CommandCall<K, Db, P>,
  rawInput: unknown,
): Promise<OutputOf<K>> {
  const { services, call, implementation, context } = command
  const audited: Audited = { subject: null, detail: {}, projectId: null }
  try {
    const { input, scope } = await admit(command.name, context, implementation.scope, rawInput)
    if (scope.kind === 'project') audited.projectId = scope.projectId
    const prepared = (await implementation.prepare?.({ ...context, ...naming(audited), scope }, input)) as P
    const bells: Bell[] = []
    const output = await services.db.$transaction(async (tx: KernelTx) => {
      const changes: NewChange[] = []
      const result = await implementation.run(
        commandContext(context, tx, { bells, changes, audited }),
        input,
        prepared,
      )
      await appendAudit(
        tx,
        auditEntry(call, command.name, audited, { outcome: 'done', at: services.clock() }),
      )
      await appendChanges(tx, [...changes, { topic: 'audit', key: 'log', projectId: audited.projectId }])
      return result
    })
    await services.queues.ring(bells)
    return output
  } catch (error) {
    await recordRefusal(command.services, call, command.name, audited, error)
    throw error
  }
}

interface Audited {
  subject: Subject | null
  detail: Record<string, unknown>
  projectId: string | null
}

function commandContext<Db>(
  context: QueryContext<Db>,
  tx: KernelTx,
  sink: { bells: Bell[]; changes: NewChange[]; audited: Audited },
): CommandContext<Db> {
  const { db: _db, ...rest } = context
  return {
    ...rest,
    tx: tx as unknown as CommandContext<Db>['tx'],
    ring: (bell) => void sink.bells.push(bell),
    change: (change) => void sink.changes.push(change),
    ...naming(sink.audited),
  }
}

const naming = (audited: Audited) => ({
  subject: (subject: Subject) => void (audited.subject = subject),
  note: (detail: Readonly<Record<string, unknown>>) => void Object.assign(audited.detail, detail),
})

function auditEntry(
  call: Call,
  action: string,
  audited: Audited,
  at: { outcome: 'done' | 'denied' | 'failed'; at: Date },
) {
  const { kind, id, name } = call.actor
  return {
    ...at,
    actor: { kind, id, name },
    action,
    projectId: audited.projectId,
    subject: audited.subject,
    detail: audited.detail,
    via: call.via,
    address: call.address,
  }
}

const deniedCodes: readonly ErrorCode[] = ['forbidden', 'unauthenticated', 'not_found', 'frozen']

/** What was refused or failed is evidence too; a failure to write it must not hide the first error. */
async function recordRefusal(
  services: Services,
  call: Call,
  name: string,
  audited: Audited,
  error: unknown,
): Promise<void> {
  const code = isFairleadError(error) ? error.code : 'internal'
  // Refused as often as the limit lets is on record; more would let anybody fill the log.
  if (code === 'rate_limited' && call.actor.kind === 'anonymous') return
  const outcome = deniedCodes.includes(code) ? 'denied' : 'failed'
  const detail = {
    ...audited.detail,
    code,
    message: isFairleadError(error) ? messageOf(error).slice(0, 500) : 'internal error',
  }
  try {
    await services.db.$transaction((tx: KernelTx) =>
      appendAudit(tx, auditEntry(call, name, { ...audited, detail }, { outcome, at: services.clock() })),
    )
  } catch (auditError) {
    services.onInternalError(auditError, 'audit')
  }
}

/** Nothing but FairleadError leaves the door; what was unexpected is logged, not shown. */
async function guarded<R>(services: Services, name: string, run: () => Promise<R>): Promise<R> {
  try {
    return await run()
  } catch (error) {
    if (isFairleadError(error)) throw error
    services.onInternalError(error, name)
    throw new FairleadError(
      'internal',
      'Something went wrong on our side; it has been logged.',
      {},
      { cause: error },
    )
  }
}
