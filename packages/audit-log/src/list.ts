import type { AuditEntryView } from '@fairlead/contracts/audit'
import type { ParsedOf } from '@fairlead/contracts/surface'
import type { AuditDb, Prisma } from '@fairlead/db/views'
import { projectsWith } from '@fairlead/kernel/authorise'
import type { Actor, QueryContext } from '@fairlead/kernel/context'

type Filters = ParsedOf<'audit.list'>
type StoredEntry = Awaited<ReturnType<AuditDb['auditEntry']['findMany']>>[number]

const exportPage = 1_000
/** Beyond this an export would hold the server's memory; a time range splits it. */
const maxExported = 100_000

export async function listEntries(context: QueryContext<AuditDb>, input: Filters) {
  const rows = await context.db.auditEntry.findMany({
    where: whereOf(context.actor, input),
    orderBy: { sequence: 'desc' },
    take: input.limit + 1,
  })
  const entries = rows.slice(0, input.limit).map(viewOf)
  return { entries, next: rows.length > input.limit ? (entries.at(-1)?.sequence ?? null) : null }
}

/** Newest first, one JSON document per line, with the links of the chain. */
export async function exportEntries(context: QueryContext<AuditDb>, input: Filters) {
  const lines: string[] = []
  let before = input.before
  while (lines.length < maxExported) {
    context.signal?.throwIfAborted()
    const rows = await context.db.auditEntry.findMany({
      where: whereOf(context.actor, { ...input, before }),
      orderBy: { sequence: 'desc' },
      take: exportPage,
    })
    for (const row of rows)
      lines.push(JSON.stringify({ ...viewOf(row), projectId: row.projectId, previousHash: row.previousHash }))
    const last = rows.at(-1)
    if (rows.length < exportPage || last === undefined) break
    before = Number(last.sequence)
  }
  return { lines: lines.length === 0 ? '' : `${lines.join('\n')}\n` }
}

/** A right in some projects shows the entries of those projects and nothing else. */
function whereOf(actor: Actor, input: Filters): Prisma.AuditEntryWhereInput {
  const visible = projectsWith(actor, 'audit.view')
  const contains = (text: string) => ({ contains: literal(text), mode: 'insensitive' as const })
  const all: Prisma.AuditEntryWhereInput[] = []
  if (visible !== 'all') all.push({ projectId: { in: visible } })
  if (input.actor !== undefined)
    all.push({ OR: [{ actorId: input.actor }, { actorName: contains(input.actor) }] })
  if (input.action !== undefined) all.push({ action: { startsWith: literal(input.action) } })
  if (input.project !== undefined) all.push({ project: input.project })
  if (input.subject !== undefined)
    all.push({ OR: [{ subjectId: input.subject }, { subjectName: contains(input.subject) }] })
  if (input.outcome !== undefined) all.push({ outcome: input.outcome })
  if (input.from !== undefined) all.push({ at: { gte: new Date(input.from) } })
  if (input.to !== undefined) all.push({ at: { lt: new Date(input.to) } })
  if (input.before !== undefined) all.push({ sequence: { lt: BigInt(input.before) } })
  return { AND: all }
}

/** Prisma hands the text to LIKE as it is. */
const literal = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

const outcomes = ['done', 'denied', 'failed'] as const

function viewOf(row: StoredEntry): AuditEntryView {
  const { subjectKind, subjectId, subjectName, detail } = row
  return {
    sequence: Number(row.sequence),
    at: row.at.toISOString(),
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    action: row.action,
    outcome: outcomes.find((outcome) => outcome === row.outcome) ?? 'failed',
    project: row.project,
    subject:
      subjectKind === null ? null : { kind: subjectKind, id: subjectId ?? '', name: subjectName ?? '' },
    detail:
      typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? detail : { value: detail },
    via: row.via,
    address: row.address,
    hash: row.hash,
  }
}
