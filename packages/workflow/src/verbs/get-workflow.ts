import type { Decision } from '@fairlead/contracts/decision'
import { holds, permissions, rolesGranting, type Permission } from '@fairlead/contracts/permissions'
import type { WorkflowDetail } from '@fairlead/contracts/workflow'
import { Prisma } from '@fairlead/db/sql'
import type { WorkflowDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { Actor } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import { graphOf } from '../views/graph-task'
import { parameterSchemas } from '../views/parameter-schemas'
import { workflowSummaries } from '../views/workflow-summary'
import type { VerbDeps } from '../workflow-deps'
import { findWorkflow, ofWorkflow } from './find'
import { shown } from './run-action'

const maxVersions = 200

export const getWorkflow = ({ db, outlines, versions }: VerbDeps) =>
  room<WorkflowDb>(db).query('workflow.get', {
    scope: ofWorkflow,
    run: async (context, input): Promise<WorkflowDetail> => {
      const workflow = await findWorkflow(context, input)
      if (workflow.versionId === null) throw notFound('workflow')
      const [[summary], { compiled }, history, current] = await Promise.all([
        workflowSummaries(db, outlines, Prisma.sql`w.id = ${workflow.id}::uuid`),
        versions.compiledOf(workflow.versionId),
        db.workflowVersion.findMany({
          where: { workflowId: workflow.id },
          orderBy: { number: 'desc' },
          take: maxVersions,
          select: { number: true, authorName: true, createdAt: true, digest: true },
        }),
        db.workflowVersion.findUnique({ where: { id: workflow.versionId }, select: { source: true } }),
      ])
      if (summary === undefined || current === null) throw notFound('workflow')
      return {
        ...summary,
        source: current.source,
        graph: graphOf(compiled),
        parameters: parameterSchemas(compiled.document),
        versions: history.map(({ authorName, createdAt, ...row }) => ({
          ...row,
          author: authorName,
          createdAt: createdAt.toISOString(),
        })),
        may: {
          write: shown(may(context.actor, 'workflow.write', workflow.projectId)),
          run: shown(may(context.actor, 'workflow.run', workflow.projectId)),
          operate: shown(may(context.actor, 'run.operate', workflow.projectId)),
        },
      }
    },
  })

const may = (actor: Actor, permission: Permission, projectId: string): Decision =>
  holds(actor.memberships, permission, { kind: 'project', projectId })
    ? { passed: true }
    : {
        passed: false,
        reason: `You may not ${permissions[permission]} in this project: it takes the role ${rolesGranting(permission).join(' or ')}.`,
      }
