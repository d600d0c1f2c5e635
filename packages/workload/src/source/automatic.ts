import type { ApplicationDocument } from '@fairlead/contracts/application'
import { FairleadError } from '@fairlead/contracts/errors'
import { openRolloutStates } from '../rollout/end-rollout'
import { sourceActorId, type SourceDeps, type SourceRow } from './source-deps'
import { originOf } from './stored'

/** A release that was never asked for goes to the first stage, once, where the document says so. */
export async function deployIfWanted(
  deps: SourceDeps,
  { application }: SourceRow,
  { metadata, spec }: ApplicationDocument,
): Promise<void> {
  const [first] = spec.stages
  if (spec.source.on !== 'automatic' || first === undefined) return
  const standing = await deps.db.applicationSource.findUnique({ where: { applicationId: application.id } })
  const releaseId = standing?.releaseId ?? null
  if (releaseId === null) return
  const release = await deps.db.release.findUnique({
    where: { id: releaseId },
    select: { number: true, source: true },
  })
  const known = await deps.db.rollout.findFirst({
    where: { applicationId: application.id, releaseId },
    select: { id: true },
  })
  if (release === null || known !== null) return
  await refuseOvertaking(deps, application.id, release.number)
  await deps.deploy({
    project: metadata.project,
    application: metadata.name,
    release: releaseId,
    to: first.name,
    reason: reasonOf(release.source),
  })
}

/** A deploy supersedes what is under way. Automation does that to its own rollouts only, never to what a person asked for. */
async function refuseOvertaking({ db }: SourceDeps, applicationId: string, number: number): Promise<void> {
  const open = await db.rollout.findFirst({
    where: { applicationId, state: { in: openRolloutStates }, requesterId: { not: sourceActorId } },
    select: { number: true, requesterName: true },
  })
  if (open === null) return
  throw new FairleadError(
    'conflict',
    `Rollout ${open.number}, which ${open.requesterName} asked for, is under way; release ${number} follows when it has ended.`,
    { remedy: 'Wait for it, cancel it, or deploy the release yourself.' },
  )
}

function reasonOf(source: unknown): string {
  const origin = originOf(source)
  if (origin === null) return 'New in its source'
  const what =
    origin.commit === null ? `${origin.chart} ${origin.version}` : `Commit ${origin.commit.slice(0, 10)}`
  return `${what} of ${origin.ref ?? origin.repository}${origin.subject === null ? '' : `: ${origin.subject}`}`.slice(
    0,
    500,
  )
}
