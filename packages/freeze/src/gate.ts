/**
 * The one answer to "may I act": gate.ts reads windows, exceptions and whose things lie there, algebra/ decides (pure:
 * times → rules → scope → answer), and whoever changes a cluster asks through contracts/freeze-gate at the moment of
 * acting. document/ reads FreezeWindow documents, verbs/ and views/ are the entries.
 */
import { alwaysOpen, type FreezeGate, type FreezeQuestion } from '@fairlead/contracts/freeze-gate'
import { rolesGranting } from '@fairlead/contracts/permissions'
import type { FreezeDb } from '@fairlead/db/views'
import { answerAt, type ExceptedParty } from './algebra/answer'
import { loadWindows } from './document/stored-window'
import { clusterOf, partiesOf, type PlacedParty } from './place'

type Db = Pick<
  FreezeDb,
  | 'freezeWindow'
  | 'freezeException'
  | 'cluster'
  | 'project'
  | 'application'
  | 'destination'
  | 'user'
  | 'membership'
>

export const freezeGate = (db: Db): FreezeGate => ({
  ask: async (question, now) => {
    const windows = await loadWindows(db)
    if (windows.length === 0) return alwaysOpen
    const cluster = await clusterOf(db, question.clusterId)
    // Nothing can be done on a cluster that was removed, and whoever tries says so better.
    if (cluster === null) return alwaysOpen
    const [parties, exceptions] = await Promise.all([partiesOf(db, question), inForce(db, now)])
    const excepted = parties.map((party): ExceptedParty => {
      const found = exceptions.find((exception) => covers(exception, question, party))
      return { ...party, exception: found === undefined ? null : shown(found) }
    })
    const subject = {
      action: question.action,
      cluster: cluster.name,
      labels: cluster.labels,
      parties: excepted,
    }
    return answerAt(windows, subject, now)
  },
})

const active = (db: Db, now: Date) =>
  db.freezeException.findMany({
    where: { state: 'active', expiresAt: { gt: now } },
    orderBy: { expiresAt: 'desc' },
  })
type Exception = Awaited<ReturnType<typeof active>>[number]

/** Those whose second person may still confirm today: the right is checked again each time that one is used. */
async function inForce(db: Db, now: Date): Promise<readonly Exception[]> {
  const exceptions = await active(db, now)
  const people = exceptions.flatMap(({ deciderId }) => deciderId ?? [])
  if (people.length === 0) return []
  const [users, memberships] = await Promise.all([
    db.user.findMany({ where: { id: { in: people }, disabledAt: null }, select: { id: true } }),
    db.membership.findMany({
      where: { userId: { in: people }, role: { in: rolesGranting('freeze.confirm') } },
      select: { userId: true, projectId: true },
    }),
  ])
  const enabled = new Set(users.map(({ id }) => id))
  return exceptions.filter(
    ({ deciderId, projectId }) =>
      deciderId !== null &&
      enabled.has(deciderId) &&
      memberships.some(
        (one) => one.userId === deciderId && (one.projectId === null || one.projectId === projectId),
      ),
  )
}

function covers(exception: Exception, question: FreezeQuestion, party: PlacedParty): boolean {
  const { rolloutId, applicationId, clusterId, projectId } = exception
  if (rolloutId !== null) return rolloutId === question.rollout
  return (
    (applicationId === null || applicationId === party.applicationId) &&
    (clusterId === null || clusterId === question.clusterId) &&
    (projectId === null || projectId === party.projectId)
  )
}

const shown = ({ id, requesterName, deciderName, reason, expiresAt }: Exception) => ({
  id,
  requester: requesterName,
  confirmer: deciderName ?? '',
  reason,
  expiresAt: expiresAt ?? new Date(0),
})
