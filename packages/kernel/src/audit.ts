import crypto from 'node:crypto'
import type { KernelTx, Prisma } from '@fairlead/db/views'
import { Prisma as PrismaSql } from '@fairlead/db/sql'

export interface NewAuditEntry {
  readonly at: Date
  readonly actor: { readonly kind: string; readonly id: string; readonly name: string }
  readonly action: string
  readonly outcome: 'done' | 'denied' | 'failed'
  readonly projectId: string | null
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string } | null
  readonly detail: Readonly<Record<string, unknown>>
  readonly via: string
  readonly address: string | null
}

/** What the chain covers, as stored: any changed column changes the hash. */
export interface ChainedEntry {
  readonly sequence: bigint
  readonly at: Date
  readonly actorKind: string
  readonly actorId: string
  readonly actorName: string
  readonly action: string
  readonly outcome: string
  readonly projectId: string | null
  readonly project: string | null
  readonly subjectKind: string | null
  readonly subjectId: string | null
  readonly subjectName: string | null
  readonly detail: unknown
  readonly via: string
  readonly address: string | null
}

export const chainStart = '0'.repeat(64)
const chainLock = 4_702_111

/** Key order must not matter: Postgres keeps jsonb in an order of its own. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`)
    .join(',')}}`
}

export function chainHash(entry: ChainedEntry, previousHash: string): string {
  const { sequence, at, detail, ...rest } = entry
  const covered = { ...rest, detail: detail ?? null, sequence: sequence.toString(), at: at.toISOString() }
  return crypto.createHash('sha256').update(previousHash).update(canonicalJson(covered)).digest('hex')
}

/** Appends to the chain within the caller's transaction; appends queue up behind one lock until commit. */
export async function appendAudit(tx: KernelTx, entry: NewAuditEntry): Promise<void> {
  await tx.$executeRaw(PrismaSql.sql`SELECT pg_advisory_xact_lock(${chainLock})`)
  const last = await tx.auditEntry.findFirst({
    orderBy: { sequence: 'desc' },
    select: { sequence: true, hash: true },
  })
  const project =
    entry.projectId === null
      ? null
      : await tx.project.findUnique({ where: { id: entry.projectId }, select: { name: true } })
  const detail = JSON.parse(JSON.stringify(entry.detail)) as Prisma.InputJsonObject
  const chained = {
    sequence: (last?.sequence ?? 0n) + 1n,
    at: entry.at,
    actorKind: entry.actor.kind,
    actorId: entry.actor.id,
    actorName: entry.actor.name,
    action: entry.action,
    outcome: entry.outcome,
    projectId: entry.projectId,
    project: project?.name ?? null,
    subjectKind: entry.subject?.kind ?? null,
    subjectId: entry.subject?.id ?? null,
    subjectName: entry.subject?.name ?? null,
    detail,
    via: entry.via,
    address: entry.address,
  }
  const previousHash = last?.hash ?? chainStart
  await tx.auditEntry.create({ data: { ...chained, previousHash, hash: chainHash(chained, previousHash) } })
}
