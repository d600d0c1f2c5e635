/**
 * The one answer to "may I act": gate.ts reads windows, exceptions and whose things lie there, algebra/ decides (pure:
 * times → rules → scope → answer), and whoever changes a cluster asks through contracts/freeze-gate at the moment of
 * acting. document/ reads FreezeWindow documents, verbs/ and views/ are the entries.
 */
import { alwaysOpen, type FreezeGate, type FreezeQuestion } from '@fairlead/contracts/freeze-gate'
import type { FreezeDb } from '@fairlead/db/views'
import { answerAt, type ExceptedParty } from './algebra/answer'
import { loadWindows } from './document/stored-window'
import { clusterOf, partiesOf, type PlacedParty } from './place'

type Db = Pick<
  FreezeDb,
  'freezeWindow' | 'freezeException' | 'cluster' | 'project' | 'application' | 'destination'
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

const inForce = (db: Db, now: Date) =>
  db.freezeException.findMany({
    where: { state: 'active', expiresAt: { gt: now } },
    orderBy: { expiresAt: 'desc' },
  })
type Exception = Awaited<ReturnType<typeof inForce>>[number]

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
