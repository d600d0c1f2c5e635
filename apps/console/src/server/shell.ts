import 'server-only'
import { isFairleadError } from '@fairlead/contracts/errors'
import type { Me } from '@fairlead/contracts/identity'
import { currentCursor } from '@fairlead/db/changes'
import { exceptionsWaitingFor, tasksWaitingFor, waitingFor } from '@/features/approvals/waiting-for'
import type { ShellData } from '@/features/shell/shell-data'
import { container } from './container'
import { ask, signedInActor } from './reader'

/** Null for somebody signed in who holds no role anywhere. */
export async function currentMe(): Promise<Me | null> {
  await signedInActor()
  try {
    return await ask('session.me', {})
  } catch (error) {
    if (isFairleadError(error) && error.code === 'forbidden') return null
    throw error
  }
}

export async function shellData(me: Me): Promise<ShellData> {
  return {
    user: {
      name: me.name,
      email: me.email ?? '',
      systemAdministrator: me.permissions.includes('people.manage'),
    },
    projects: me.projects.map(({ id, name }) => ({ id, name })),
    approvalsWaiting: await approvalsWaiting(),
  }
}

/** The frame stands whatever happens to one of its numbers; null for whoever may not see them. */
async function approvalsWaiting(): Promise<number | null> {
  const [rollouts, tasks, exceptions] = await Promise.all([
    askedOrNull(async () => waitingFor(await ask('approval.list', {}))),
    askedOrNull(async () => tasksWaitingFor(await ask('run.approvals', {}))),
    askedOrNull(async () => exceptionsWaitingFor(await ask('exception.list', {}))),
  ])
  return rollouts === null ? null : rollouts + (tasks ?? 0) + (exceptions ?? 0)
}

async function askedOrNull(count: () => Promise<number>): Promise<number | null> {
  try {
    return await count()
  } catch (error) {
    if (isFairleadError(error)) return null
    throw error
  }
}

/** Where the change log stands before the page's data is read: its live connection goes on from there. */
export const liveCursor = (): Promise<string> => currentCursor(container().db)
