import type { Clock } from '@fairlead/contracts/decision'
import type { Bell } from '@fairlead/contracts/doorbells'
import type { Membership, Scope } from '@fairlead/contracts/permissions'
import type { NewChange } from '@fairlead/db/changes'
import type { KernelDb, TxOf } from '@fairlead/db/views'
import type { Queues } from '@fairlead/queue/queues'

/**
 * Who acts. A token acts for its owner with one role, never with more; `id` is the owner's then, so that rules
 * about persons (nobody approves what they asked for) hold whichever way someone comes in.
 */
export interface Actor {
  readonly kind: 'user' | 'token' | 'system' | 'anonymous'
  readonly id: string
  /** The session or the token that this came with. */
  readonly credentialId?: string
  readonly name: string
  readonly email: string | null
  readonly memberships: readonly Membership[]
}

export const anonymous: Actor = {
  kind: 'anonymous',
  id: 'anonymous',
  name: 'anonymous',
  email: null,
  memberships: [],
}
/** Fairlead itself: reconcilers and `fairlead up`. */
export const systemActor = (name: string): Actor => ({
  kind: 'system',
  id: name,
  name: `fairlead ${name}`,
  email: null,
  memberships: [{ projectId: null, role: 'administrator' }],
})

/** One call: who, from where, and until when it is still wanted. */
export interface Call {
  readonly actor: Actor
  readonly via: 'browser' | 'cli' | 'worker'
  readonly address: string | null
  readonly signal?: AbortSignal
}

/** What the door itself needs; rooms get their own dependencies from their factories. */
export interface Services {
  readonly db: KernelDb
  readonly queues: Pick<Queues, 'ring'>
  readonly clock: Clock
  /** Unexpected errors, for the log: people see only that something failed, and its id. */
  readonly onInternalError: (error: unknown, entry: string) => void
}

export interface QueryContext<Db> {
  readonly db: Db
  readonly actor: Actor
  /** Where the call came from; null: from inside. */
  readonly address: string | null
  readonly now: Date
  readonly signal?: AbortSignal
}

export interface Subject {
  readonly kind: string
  readonly id: string
  readonly name: string
}

/** What a command's audit entry says, whether it succeeds or not. */
interface Naming {
  /** What the audit entry is about. */
  subject(subject: Subject): void
  /** More for the audit entry; never a secret. */
  note(detail: Readonly<Record<string, unknown>>): void
}
export interface PrepareContext<Db> extends QueryContext<Db>, Naming {
  /** Where the permission was found to hold. */
  readonly scope: Scope
}

/** Everything that one command writes goes through `tx`: the work, its audit entry and its change rows, or nothing. */
export interface CommandContext<Db> extends Omit<QueryContext<Db>, 'db'>, Naming {
  readonly tx: TxOf<Db>
  /** Rung after the commit; lost bells are found again by the sweep. */
  ring(bell: Bell): void
  change(change: NewChange): void
}
