import { permissions, holds, rolesGranting } from '@fairlead/contracts/permissions'
import { airflowState } from '@fairlead/contracts/airflow'
import { FairleadError } from '@fairlead/contracts/errors'
import type { AirflowDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import type { Actor } from '@fairlead/kernel/context'
import { acting, nameDag } from '../acting'
import type { AirflowDeps } from '../airflow-deps'
import { ask } from '../ask'
import type { AskedTask } from '../client/human-tasks'
import { connectionScope, type FoundConnection } from '../find-connection'
import { humanParams } from '../human-params'
import { questionLink } from '../links'

export const airflowHumanTasks = (deps: AirflowDeps) =>
  room<AirflowDb>(deps.db).query('airflow.humanTasks', {
    scope: connectionScope('project.view'),
    run: async (context, { connection }) => {
      const { value, at, found } = await ask(deps, context, {
        connection,
        name: ['humanTasks'],
        load: (client) => client.humanTasks(),
      })
      return {
        at,
        tasks: value.items.map((task) => ({ ...task, link: questionLink(found, task) })),
        cut: Math.max(0, value.total - value.items.length),
        mine: mayAnswer(context.actor, found),
      }
    },
  })

function mayAnswer({ memberships }: Actor, { projectIds, name }: FoundConnection) {
  const scopes = [
    { kind: 'installation' } as const,
    ...projectIds.map((projectId) => ({ kind: 'project', projectId }) as const),
  ]
  const passed = scopes.some((scope) => holds(memberships, 'run.approve', scope))
  const roles = rolesGranting('run.approve').join(' or ')
  const reason = `You may not ${permissions['run.approve']} here: it needs the role ${roles} in a project that was given ${name}.`
  return { passed, reason: passed ? null : reason }
}

/** Airflow takes the first answer alone, from the user of the connection; who gave it stands in the audit log. */
export const airflowAnswer = (deps: AirflowDeps) =>
  room<AirflowDb>(deps.db).command('airflow.answer', {
    scope: connectionScope('run.approve'),
    prepare: (context, { connection, askedAt, options, params, reason, ...ref }) => {
      nameDag(context, { connection, dag: ref.dag })
      // Of parameters their names alone: values may be secret, and Airflow keeps them.
      context.note({ ...ref, options, parameters: Object.keys(params), reason })
      return acting(deps, context, {
        connection,
        run: async (client) => {
          const asked = await client.humanTask(ref)
          assertWaits(asked, askedAt)
          await client.answer(ref, { options, params: humanParams(asked.params, params) })
        },
      })
    },
    run: () => Promise.resolve({ done: true } as const),
  })

function assertWaits({ answer, state, ...asked }: AskedTask, askedAt: string): void {
  if (Date.parse(asked.askedAt) !== Date.parse(askedAt))
    throw new FairleadError(
      'stale',
      'The task was cleared and asks anew: this answer was to an earlier question.',
      {
        remedy: 'Look at what it asks now, and answer that.',
      },
    )
  if (answer !== null)
    throw new FairleadError(
      'conflict',
      `This has been answered already: ${answer.options.join(', ')}, by ${answer.by} in Airflow.`,
      { remedy: 'Airflow takes one answer alone. To be asked again, clear the task.' },
    )
  if (airflowState(state).terminal)
    throw new FairleadError(
      'conflict',
      `The task waits for nobody any more: it is ${airflowState(state).word.toLowerCase()}.`,
    )
}
