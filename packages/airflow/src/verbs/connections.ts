import crypto from 'node:crypto'
import { FairleadError } from '@fairlead/contracts/errors'
import { holds } from '@fairlead/contracts/permissions'
import type { AirflowDb, AirflowTx } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { checkAirflow } from '../check'
import { addressText, parseAddress } from '../client/address'
import type { Login } from '../client/session'
import { sealedContext, type AirflowConnections } from '../connections'
import { findConnection, visibleTo } from '../find-connection'
import type { AirflowDeps } from '../airflow-deps'

export const airflowList = ({ db }: AirflowDeps) =>
  room<AirflowDb>(db).query('airflow.list', {
    scope: { kind: 'any' },
    run: async (context) => {
      const rows = await context.db.airflowConnection.findMany({
        where: visibleTo(context.actor),
        orderBy: { name: 'asc' },
        include: { grants: true, credential: { select: { username: true } } },
      })
      const ids = rows.flatMap(({ grants }) => grants.map(({ projectId }) => projectId))
      const projects = await context.db.project.findMany({
        where: { id: { in: ids } },
        select: { id: true, name: true },
      })
      // They name clusters, which not everybody sees.
      const manages = holds(context.actor.memberships, 'airflow.manage', { kind: 'installation' })
      const nameOf = new Map(projects.map(({ id, name }) => [id, name]))
      return rows.map((row) => ({
        name: row.name,
        address: row.address,
        version: row.version,
        username: row.credential?.username ?? '',
        projects: row.grants.map(({ projectId }) => nameOf.get(projectId) ?? projectId).sort(),
        podPlaces: manages ? row.podPlaces : [],
        registeredAt: row.registeredAt.toISOString(),
      }))
    },
  })

export const airflowCheck = ({ db, connections }: AirflowDeps) =>
  room<AirflowDb>(db).query('airflow.check', {
    scope: { kind: 'installation' },
    run: async (context, input) => {
      const { id } = await findConnection(context.db, context.actor, input.connection)
      const { client } = await connections.clientOf(id)
      return checkAirflow(client)
    },
  })

/** What is stored has answered: an address and a login that don't work are refused with the step that failed. */
async function reach(connections: AirflowConnections, address: string, login: Login) {
  const check = await checkAirflow(connections.dial(address, login))
  const failed = check.steps.find(({ passed }) => !passed)
  // A sick scheduler is a state of today, and no reason against the connection.
  if (check.version === null || (failed !== undefined && failed.step !== 'health'))
    throw new FairleadError(
      'airflow_refused',
      `This Airflow can't be connected: ${failed?.message ?? 'no version'}`,
      {
        path: failed?.step ?? 'version',
      },
    )
  return { version: check.version, address: addressText(parseAddress(address)) }
}

async function projectIdsOf(tx: AirflowTx, names: readonly string[]): Promise<string[]> {
  const found = await tx.project.findMany({
    where: { name: { in: [...names] } },
    select: { id: true, name: true },
  })
  const missing = names.find((name) => !found.some((project) => project.name === name))
  if (missing !== undefined)
    throw new FairleadError('not_found', `There is no project named ${missing}.`, {
      path: 'projects',
      found: missing,
    })
  return found.map(({ id }) => id)
}

export const airflowRegister = ({ db, cipher, connections }: AirflowDeps) =>
  room<AirflowDb>(db).command('airflow.register', {
    scope: { kind: 'installation' },
    prepare: (_context, { address, username, password }) =>
      reach(connections, address, { username, password }),
    run: async (context, input, { version, address }) => {
      const { tx } = context
      const id = crypto.randomUUID()
      const projectIds = await projectIdsOf(tx, input.projects)
      const { count } = await tx.airflowConnection.createMany({
        data: [{ id, name: input.name, address, version }],
        skipDuplicates: true,
      })
      if (count === 0)
        throw new FairleadError('conflict', `There is an Airflow connection named ${input.name} already.`, {
          path: 'name',
          found: input.name,
        })
      await tx.airflowCredential.create({
        data: {
          connectionId: id,
          username: input.username,
          version: 1,
          sealed: cipher.seal(input.password, sealedContext(id, 1)),
        },
      })
      await tx.airflowGrant.createMany({
        data: projectIds.map((projectId) => ({ connectionId: id, projectId })),
      })
      context.subject({ kind: 'airflow', id, name: input.name })
      context.note({ address, version, username: input.username, projects: input.projects })
      return { id, version }
    },
  })

export const airflowRotate = ({ db, cipher, connections }: AirflowDeps) =>
  room<AirflowDb>(db).command('airflow.rotate', {
    scope: { kind: 'installation' },
    prepare: async (context, { connection, address, username, password }) => {
      const found = await findConnection(context.db, context.actor, connection)
      return { found, reached: await reach(connections, address ?? found.address, { username, password }) }
    },
    run: async (context, input, { found, reached }) => {
      const { tx, now } = context
      // The row is locked by its update, so two rotations at once get two versions.
      const [updated] = await tx.airflowCredential.updateManyAndReturn({
        where: { connectionId: found.id },
        data: { version: { increment: 1 }, username: input.username, rotatedAt: now },
        select: { version: true },
      })
      if (updated === undefined) throw new FairleadError('conflict', `${found.name} was removed meanwhile.`)
      await tx.airflowCredential.update({
        where: { connectionId: found.id },
        data: { sealed: cipher.seal(input.password, sealedContext(found.id, updated.version)) },
      })
      await tx.airflowConnection.update({ where: { id: found.id }, data: reached })
      context.subject({ kind: 'airflow', id: found.id, name: found.name })
      context.note({ ...reached, username: input.username, credentialVersion: updated.version })
      return { done: true }
    },
  })

export const airflowSetProjects = ({ db }: AirflowDeps) =>
  room<AirflowDb>(db).command('airflow.setProjects', {
    scope: { kind: 'installation' },
    prepare: (context, input) => findConnection(context.db, context.actor, input.connection),
    run: async (context, input, { id, name }) => {
      const projectIds = await projectIdsOf(context.tx, input.projects)
      await context.tx.airflowGrant.deleteMany({ where: { connectionId: id } })
      await context.tx.airflowGrant.createMany({
        data: projectIds.map((projectId) => ({ connectionId: id, projectId })),
      })
      context.subject({ kind: 'airflow', id, name })
      context.note({ projects: input.projects })
      return { done: true }
    },
  })

export const airflowSetPodPlaces = ({ db }: AirflowDeps) =>
  room<AirflowDb>(db).command('airflow.setPodPlaces', {
    scope: { kind: 'installation' },
    prepare: (context, input) => findConnection(context.db, context.actor, input.connection),
    run: async (context, input, { id, name }) => {
      const podPlaces = [...new Set(input.places)].sort()
      await context.tx.airflowConnection.updateMany({ where: { id }, data: { podPlaces } })
      context.subject({ kind: 'airflow', id, name })
      context.note({ podPlaces })
      return { done: true }
    },
  })

/** Forgets the connection and its password. Nothing in Airflow is touched. */
export const airflowRemove = ({ db }: AirflowDeps) =>
  room<AirflowDb>(db).command('airflow.remove', {
    scope: { kind: 'installation' },
    prepare: (context, input) => findConnection(context.db, context.actor, input.connection),
    run: async (context, input, { id, name }) => {
      context.subject({ kind: 'airflow', id, name })
      if (input.confirm !== name)
        throw new FairleadError('invalid', `Type the connection's name to remove it.`, {
          path: 'confirm',
          found: input.confirm.slice(0, 100),
          expected: name,
        })
      await context.tx.airflowConnection.deleteMany({ where: { id } })
      return { done: true }
    },
  })
