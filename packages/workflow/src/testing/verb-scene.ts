import type { Bell } from '@fairlead/contracts/doorbells'
import type { Role } from '@fairlead/contracts/permissions'
import type { InputOf, OutputOf } from '@fairlead/contracts/surface'
import type { TaskRunner } from '@fairlead/contracts/task-runner'
import type { Services } from '@fairlead/kernel/context'
import { createTestDatabase, type TestDatabase } from '@fairlead/testkit/database'
import { createInProcessRunner, type InProcessTask } from '@fairlead/testkit/task-runner/in-process-runner'
import { workflowEntries, type WorkflowEntryName } from '../entries'
import { createLocalEngine, type LocalEngine } from './local-engine'

const people = {
  ada: ['deployer', 'approver'],
  bob: ['approver'],
  cleo: ['approver'],
  vic: ['viewer'],
  /** Of the other project. */
  eve: ['administrator'],
} as const satisfies Record<string, readonly Role[]>
export type Person = keyof typeof people

/** Two projects with people on a real database; the doors of the room, and an engine when a test wants one. */
export interface VerbScene {
  readonly database: TestDatabase
  readonly shopId: string
  readonly rung: Bell[]
  readonly problems: unknown[]
  now: () => Date
  call<K extends WorkflowEntryName>(person: Person, name: K, input: InputOf<K>): Promise<OutputOf<K>>
  /** Bells reach it from then on. */
  startEngine(tasks?: Readonly<Record<string, InProcessTask>>): LocalEngine
  drop(): Promise<void>
}

export async function createVerbScene(): Promise<VerbScene> {
  const database = await createTestDatabase()
  const { db } = database
  const shop = await db.project.create({ data: { name: 'shop' } })
  const other = await db.project.create({ data: { name: 'elsewhere' } })
  const projectOf = (person: string): string => (person === 'eve' ? other.id : shop.id)
  for (const [id, roles] of Object.entries(people)) {
    await db.user.create({ data: { id, name: id, email: `${id}@example.org` } })
    for (const role of roles)
      await db.membership.create({ data: { userId: id, projectId: projectOf(id), role } })
  }
  let engine: LocalEngine | undefined
  let runner: TaskRunner = createInProcessRunner({ tasks: {} })
  const scene = {
    database,
    shopId: shop.id,
    rung: [] as Bell[],
    problems: [] as unknown[],
    now: () => new Date(),
  }
  const entries = workflowEntries({
    db,
    destinationsOf: async () => [
      { cluster: 'one', namespace: '*' },
      { cluster: 'two', namespace: 'batch' },
    ],
    runner: { logs: (key, cluster, cursor) => runner.logs(key, cluster, cursor) },
  })
  const services: Services = {
    db,
    queues: {
      ring: async (bells) => {
        scene.rung.push(...bells)
        await engine?.ring(bells)
      },
    },
    clock: () => scene.now(),
    onInternalError: (error) => void scene.problems.push(error),
  }
  return Object.assign(scene, {
    call: <K extends WorkflowEntryName>(person: Person, name: K, input: InputOf<K>): Promise<OutputOf<K>> => {
      const memberships = people[person].map((role) => ({ projectId: projectOf(person), role }))
      const actor = { kind: 'user', id: person, name: person, email: null, memberships } as const
      return entries[name].invoke(services, { actor, via: 'cli', address: null }, input) as Promise<
        OutputOf<K>
      >
    },
    startEngine: (tasks: Readonly<Record<string, InProcessTask>> = {}) => {
      runner = createInProcessRunner({ tasks })
      engine = createLocalEngine({ db, runner, clusters: ['one', 'two'] })
      return engine
    },
    drop: async () => {
      await engine?.close()
      await database.drop()
    },
  })
}

interface Wish {
  readonly name?: string
  readonly project?: string
  readonly spec?: Readonly<Record<string, unknown>>
  readonly tasks: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[]
}

/** A Workflow document; a task runs `no-op` on cluster one unless it says something else. */
export const workflowText = ({ name = 'nightly', project = 'shop', spec = {}, tasks }: Wish): string =>
  JSON.stringify(
    {
      apiVersion: 'fairlead.dev/v1',
      kind: 'Workflow',
      metadata: { name, project },
      spec: {
        defaults: { cluster: 'one', namespace: 'batch', image: 'no-op' },
        ...spec,
        tasks: tasks.map((task) =>
          'run' in task || 'wait' in task || 'approval' in task ? task : { ...task, run: {} },
        ),
      },
    },
    null,
    1,
  )
