import type { WorkflowCheck } from '@fairlead/contracts/workflow'
import type { DocumentProblem } from '@fairlead/contracts/workflow-document'
import { holds } from '@fairlead/contracts/permissions'
import type { WorkflowDb } from '@fairlead/db/views'
import type { QueryContext } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import { nextTime, scheduleProblem } from '@fairlead/timetable/schedule'
import type { CompiledWorkflow } from '../definition/compiled'
import { readDocumentText } from '@fairlead/documents/document-text'
import { parseWorkflow } from '../definition/parse-workflow'
import { graphOf } from '../views/graph-task'
import type { VerbDeps } from '../workflow-deps'
import { destinationProblems } from './destination-problems'

const shownTimes = 5

/** Everything that is wrong with a document at once, its graph and its next times; nothing is kept. */
export const checkWorkflow = (deps: VerbDeps) =>
  room<WorkflowDb>(deps.db).query('workflow.check', {
    scope: { kind: 'any' },
    run: async (context, input): Promise<WorkflowCheck> => {
      const parsed = parseWorkflow(input.document)
      if (!parsed.ok) return { problems: parsed.problems, name: null, tasks: [], nextTimes: [] }
      const { compiled } = parsed
      return {
        problems: await projectProblems(deps, context, compiled, input.document),
        name: compiled.name,
        tasks: graphOf(compiled),
        nextTimes: nextTimes(compiled, context.now),
      }
    },
  })

async function projectProblems(
  { db, destinationsOf }: VerbDeps,
  { actor }: QueryContext<WorkflowDb>,
  compiled: CompiledWorkflow,
  source: string,
): Promise<DocumentProblem[]> {
  const project = await db.project.findUnique({ where: { name: compiled.project }, select: { id: true } })
  const scope = { kind: 'project', projectId: project?.id ?? '' } as const
  if (project !== null && holds(actor.memberships, 'project.view', scope))
    return destinationProblems(compiled, source, await destinationsOf(project.id))
  const text = readDocumentText(source)
  return [
    {
      message: 'There is no such project, or you may not see it',
      path: 'metadata.project',
      ...(text.ok ? text.text.positionOf(['metadata', 'project']) : { line: null, column: null }),
      found: null,
      expected: 'a project that you are a member of',
    },
  ]
}

function nextTimes({ schedule }: CompiledWorkflow, now: Date): string[] {
  const times: string[] = []
  if (schedule === null || scheduleProblem(schedule) !== null) return times
  for (let time = nextTime(schedule, now); time !== null && times.length < shownTimes;) {
    times.push(time.toISOString())
    time = nextTime(schedule, time)
  }
  return times
}
