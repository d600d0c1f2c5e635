import type { FairleadError } from '@fairlead/contracts/errors'
import type { ReleaseOrigin } from '@fairlead/contracts/release-origin'
import type { SourceError } from '@fairlead/contracts/source'
import type { SourceState, SourceStep } from '@fairlead/contracts/source-states'
import { appendChanges } from '@fairlead/db/changes'
import type { WorkloadDb, WorkloadTx } from '@fairlead/db/views'
import { Prisma } from '@fairlead/db/sql'
import { appendAudit } from '@fairlead/kernel/audit'
import { systemActor } from '@fairlead/kernel/context'
import { toJson } from '../application/stored'
import { storeRelease, type DraftRelease } from '../release/release-store'
import { lockApplication } from '../rollout/start-rollout'
import { isRefusal, isTransient } from './plan'
import { sourceActorId, type SourceRow } from './source-deps'
import { sourceErrorOf } from './stored'

export type Judged =
  | { readonly kind: 'same'; readonly revision: string }
  | {
      readonly kind: 'release'
      readonly revision: string
      readonly key: string
      readonly draft: DraftRelease
      readonly origin: ReleaseOrigin
    }
  | {
      readonly kind: 'failed'
      readonly step: SourceStep
      readonly error: FairleadError
      readonly revision: string | null
      readonly key: string | null
    }

interface Recorded {
  readonly judged: Judged
  readonly now: Date
}

/** The look and the release that came of it, or neither. Null when the document was edited meanwhile: nothing is kept then. */
export async function recordLook(
  db: WorkloadDb,
  row: SourceRow,
  { judged, now }: Recorded,
): Promise<'standing' | null> {
  return db.$transaction(async (tx) => {
    await lockApplication(tx, row.applicationId)
    const current = await tx.applicationSource.findUnique({
      where: { applicationId: row.applicationId },
      include: { application: { select: { updatedAt: true } } },
    })
    if (current?.application.updatedAt.getTime() !== row.application.updatedAt.getTime()) return null
    const before = sourceErrorOf(current.error)
    const error = errorAfter(judged, before, now)
    const releaseId =
      judged.kind === 'release'
        ? await releaseOf(tx, row, { judged, had: current.releaseId, now })
        : current.releaseId
    const revision = judged.revision ?? current.revision
    await tx.applicationSource.update({
      where: { applicationId: row.applicationId },
      data: {
        state: (error === null ? 'current' : 'failing') satisfies SourceState,
        error: error === null ? Prisma.DbNull : toJson(error),
        judged: judgedAfter(judged, current.judged, before),
        revision,
        releaseId,
        lookedAt: now,
      },
    })
    const { id: key, projectId } = row.application
    await appendChanges(tx, [{ topic: 'application', key, projectId }])
    return 'standing'
  })
}

/** Whether its deploy was refused; one that was and is not any more is forgotten. */
export async function recordDeploy(
  db: WorkloadDb,
  row: SourceRow,
  { refused, now }: { readonly refused: FairleadError | null; readonly now: Date },
): Promise<void> {
  if (refused === null) return
  await db.$transaction(async (tx) => {
    const current = await tx.applicationSource.findUnique({ where: { applicationId: row.applicationId } })
    // What keeps the newest commit from being a release is told first.
    if (current === null || current.error !== null) return
    const error = errorFrom('deploy', refused, { before: sourceErrorOf(row.error), now })
    await tx.applicationSource.update({
      where: { applicationId: row.applicationId },
      data: { state: 'failing' satisfies SourceState, error: toJson(error) },
    })
    const { id: key, projectId } = row.application
    await appendChanges(tx, [{ topic: 'application', key, projectId }])
  })
}

/** When it is looked at again; a look that was asked for meanwhile is not put off. */
export async function recordNext(
  db: WorkloadDb,
  { applicationId, askedAt, application }: SourceRow,
  { checkAt, failures }: { readonly checkAt: Date; readonly failures: number },
): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.applicationSource.updateMany({ where: { applicationId }, data: { failures } })
    const { count } = await tx.applicationSource.updateMany({
      where: { applicationId, askedAt },
      data: { checkAt, askedAt: null },
    })
    const { id: key, projectId } = application
    if (count > 0 && askedAt !== null) await appendChanges(tx, [{ topic: 'application', key, projectId }])
  })
}

function errorAfter(judged: Judged, before: SourceError | null, now: Date): SourceError | null {
  if (judged.kind === 'failed') return errorFrom(judged.step, judged.error, { before, now })
  return judged.kind === 'same' && isRefusal(before) ? before : null
}

function errorFrom(
  step: SourceStep,
  { message, detail }: FairleadError,
  { before, now }: { readonly before: SourceError | null; readonly now: Date },
): SourceError {
  const { file, line, found, expected, remedy } = detail
  const since = before?.step === step && before.message === message ? before.since : now.toISOString()
  return { step, message, file, line, found: found?.slice(0, 500), expected, remedy, since }
}

/** What passes by itself forgets a refusal that it hides, so that it is found again. */
function judgedAfter(judged: Judged, had: string | null, before: SourceError | null): string | null {
  if (judged.kind === 'release') return judged.key
  if (judged.kind === 'same') return had
  if (judged.key !== null && !isTransient(judged.error)) return judged.key
  return isRefusal(before) ? null : had
}

interface NewRelease {
  readonly judged: Extract<Judged, { readonly kind: 'release' }>
  readonly had: string | null
  readonly now: Date
}

/** The release that holds what was rendered: the one there was, when nothing of it differs. */
async function releaseOf(tx: WorkloadTx, { application }: SourceRow, made: NewRelease): Promise<string> {
  const { judged, had, now } = made
  const last =
    had === null ? null : await tx.release.findUnique({ where: { id: had }, select: { digest: true } })
  if (had !== null && last?.digest === judged.draft.digest) return had
  const author = systemActor(sourceActorId)
  await storeRelease(tx, judged.draft, { applicationId: application.id, source: judged.origin, author, now })
  const { kind, id, name } = author
  await appendAudit(tx, {
    at: now,
    actor: { kind, id, name },
    action: 'source.released',
    outcome: 'done',
    projectId: application.projectId,
    subject: { kind: 'application', id: application.id, name: application.name },
    detail: {
      release: judged.draft.id,
      digest: judged.draft.digest,
      revision: judged.revision,
      origin: judged.origin,
    },
    via: 'worker',
    address: null,
  })
  await appendChanges(tx, [{ topic: 'audit', key: 'log' }])
  return judged.draft.id
}
