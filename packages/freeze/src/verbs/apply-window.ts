import type { FreezeScope, FreezeWindowDocument } from '@fairlead/contracts/freeze-document'
import type { Prisma } from '@fairlead/db/sql'
import type { FreezeDb, FreezeTx } from '@fairlead/db/views'
import { documentError } from '@fairlead/documents/document-error'
import { located } from '@fairlead/documents/located'
import type { Finding } from '@fairlead/documents/zod-problems'
import { room } from '@fairlead/kernel/door'
import { parseFreeze, type ParsedFreeze } from '../document/parse-freeze'
import type { FreezeDeps } from '../freeze-deps'
import { ringWaiting } from './waiting-rollouts'

interface Input {
  readonly document: string
  readonly file?: string | undefined
}
const fileOf = ({ file }: Input): string => file ?? 'freeze-window.yaml'

function read(input: Input): Extract<ParsedFreeze, { ok: true }> {
  const parsed = parseFreeze(input.document)
  if (parsed.ok) return parsed
  throw documentError(parsed.problems, fileOf(input))
}

/** Creates or changes a window; the same document again changes nothing. It holds from the commit on. */
export const applyWindow = ({ db }: FreezeDeps) =>
  room<FreezeDb>(db).command('freeze.apply', {
    scope: { kind: 'installation' },
    prepare: (_context, input) => Promise.resolve(read(input)),
    run: async (context, input, { document, text }) => {
      const { tx, now, actor } = context
      const { name } = document.metadata
      context.subject({ kind: 'freeze window', id: name, name })
      const unknown = await unknownNames(tx, document)
      if (unknown.length > 0) throw documentError(located(text, unknown), fileOf(input))
      const before = await tx.freezeWindow.findUnique({ where: { name }, select: { id: true, source: true } })
      const { mode, reason, schedule, scope, running } = document.spec
      context.note({ mode, reason, schedule, scope, running, created: before === null })
      if (before?.source === input.document) return { id: before.id, created: false, changed: false }
      const data = {
        document: document as unknown as Prisma.InputJsonValue,
        source: input.document,
        updatedAt: now,
        updatedById: actor.id,
        updatedBy: actor.name,
      }
      const { id } = await tx.freezeWindow.upsert({
        where: { name },
        create: { name, createdAt: now, ...data },
        update: data,
        select: { id: true },
      })
      context.change({ topic: 'freeze', key: name })
      await ringWaiting(context)
      return { id, created: before === null, changed: true }
    },
  })

/** A name that is misspelt would freeze nothing, and nobody would know before it mattered. */
async function unknownNames(tx: FreezeTx, { spec }: FreezeWindowDocument): Promise<Finding[]> {
  const { scope } = spec
  const [projects, clusters, applications] = await Promise.all([
    tx.project.findMany({ where: { name: { in: scope.projects ?? [] } }, select: { name: true } }),
    tx.cluster.findMany({ where: { name: { in: scope.clusters ?? [] } }, select: { name: true } }),
    knownApplications(tx, scope),
  ])
  const missing = (field: 'projects' | 'clusters' | 'applications', known: readonly string[], what: string) =>
    (scope[field] ?? []).flatMap((name, index): Finding[] =>
      known.includes(name)
        ? []
        : [
            {
              path: ['spec', 'scope', field, index],
              message: `There is no ${what} "${name}"`,
              found: name,
              expected: `the name of ${what === 'application' ? 'an' : 'a'} ${what} that exists`,
            },
          ],
    )
  const namesOf = (rows: readonly { readonly name: string }[]): string[] => rows.map(({ name }) => name)
  return [
    ...missing('projects', namesOf(projects), 'project'),
    ...missing('clusters', namesOf(clusters), 'cluster'),
    ...missing('applications', applications, 'application'),
  ]
}

async function knownApplications(
  tx: FreezeTx,
  { applications = [] }: FreezeScope,
): Promise<readonly string[]> {
  const wanted = applications.map((name) => name.split('/').at(-1) ?? name)
  const found = await tx.application.findMany({
    where: { name: { in: wanted } },
    select: { name: true, projectId: true },
  })
  const projects = await tx.project.findMany({
    where: { id: { in: found.map(({ projectId }) => projectId) } },
    select: { id: true, name: true },
  })
  const projectOf = new Map(projects.map(({ id, name }) => [id, name]))
  return found.flatMap(({ name, projectId }) => [name, `${projectOf.get(projectId) ?? ''}/${name}`])
}
