import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkloadDb, WorkloadTx } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import { parseApplication, pathText, type ParsedDocument } from '../application/parse-document'
import { stageTargets } from '../application/stage-targets'
import { stagesOf, toJson } from '../application/stored'
import { openRolloutStates } from '../rollout/end-rollout'
import { lockApplication } from '../rollout/start-rollout'
import { followSource } from '../source/follow-source'
import type { WorkloadDeps } from '../workload-deps'

/** Creates or changes an application from its document. */
export const applyApplication = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).command('application.apply', {
    scope: async (context, input) => {
      const { document } = parseApplication(input.document, input.file)
      const project = await context.db.project.findUnique({ where: { name: document.metadata.project } })
      if (project === null) throw notFound('project')
      return { kind: 'project', projectId: project.id }
    },
    run: async (context, input) => {
      const { tx, now } = context
      const parsed = parseApplication(input.document, input.file)
      const { metadata, spec } = parsed.document
      const project = await tx.project.findUnique({ where: { name: metadata.project } })
      if (project === null) throw notFound('project')
      await refuseForeignClusters(tx, project.id, parsed, input.file)
      const key = { projectId_name: { projectId: project.id, name: metadata.name } }
      const before = await tx.application.findUnique({ where: key })
      if (before !== null) await refuseLosingStages(tx, before.id, parsed, input.file)
      const application = await tx.application.upsert({
        where: key,
        create: {
          projectId: project.id,
          name: metadata.name,
          document: toJson(parsed.document),
          createdAt: now,
          updatedAt: now,
        },
        update: { document: toJson(parsed.document), updatedAt: now },
      })
      for (const { name } of spec.stages)
        await tx.stage.upsert({
          where: { applicationId_name: { applicationId: application.id, name } },
          create: { applicationId: application.id, name },
          update: {},
        })
      if (await followSource(tx, { applicationId: application.id, source: spec.source, now }))
        context.ring({ doorbell: 'source', key: application.id })
      context.subject({ kind: 'application', id: application.id, name: application.name })
      context.note({ stages: spec.stages.map(({ name }) => name), created: before === null })
      context.change({ topic: 'application', key: application.id, projectId: project.id })
      return { id: application.id, created: before === null }
    },
  })

const at = (parsed: ParsedDocument, path: readonly (string | number)[], file = 'application.yaml') => ({
  file,
  line: parsed.lineOf(path),
  path: pathText(path),
})

async function refuseForeignClusters(
  tx: WorkloadTx,
  projectId: string,
  parsed: ParsedDocument,
  file?: string,
): Promise<void> {
  const problems: FairleadError[] = []
  for (const [index, spec] of parsed.document.spec.stages.entries()) {
    // A selector may match nothing yet: clusters come and go, and a deploy checks it.
    if (spec.targets.clusters === undefined) continue
    try {
      await stageTargets(tx, projectId, spec)
    } catch (error) {
      if (!(error instanceof FairleadError)) throw error
      const place = at(parsed, ['spec', 'stages', index, 'targets', 'clusters'], file)
      problems.push(new FairleadError('invalid', error.message, { ...error.detail, ...place }))
    }
  }
  const [first] = problems
  if (first !== undefined)
    throw new FairleadError(
      'invalid',
      problems.map(({ message, detail }) => `${detail.file}:${detail.line}: ${message}`).join(' '),
      first.detail,
    )
}

/** A rollout in progress holds its own copy of the stages; one that vanishes from the document would have no standing. */
async function refuseLosingStages(
  tx: WorkloadTx,
  applicationId: string,
  parsed: ParsedDocument,
  file?: string,
): Promise<void> {
  await lockApplication(tx, applicationId)
  const active = await tx.rollout.findFirst({
    where: { applicationId, state: { in: openRolloutStates } },
    select: { number: true, stages: true },
  })
  if (active === null) return
  const kept = new Set(parsed.document.spec.stages.map(({ name }) => name))
  const lost = stagesOf(active.stages).filter(({ name }) => !kept.has(name))
  if (lost.length === 0) return
  const names = lost.map(({ name }) => name).join(', ')
  throw new FairleadError(
    'conflict',
    `Rollout ${active.number} is using the stage ${names}; it can't be renamed or removed now.`,
    {
      ...at(parsed, ['spec', 'stages'], file),
      found: [...kept].join(', '),
      expected: `the stage ${names}`,
      remedy: 'Wait for the rollout, or cancel it.',
    },
  )
}
