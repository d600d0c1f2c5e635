import type { ComponentSignal, ControlPlaneSignals, NodeLeaseSignal } from '@fairlead/contracts/control-plane'
import type { Judged } from './judged'

/** A kubelet renews at a quarter of its lease: past this share it has missed two renewals, and is not merely late. */
const missedTwo = 0.6
/** More than this many are not listed one by one. */
const mostListed = 100

function judgeNode(lease: NodeLeaseSignal, now: Date): ComponentSignal {
  const { node, renewedAt, durationSeconds } = lease
  if (renewedAt === null) return { what: node, state: 'unknown', words: 'has never renewed its lease' }
  const age = Math.max(0, Math.round((now.getTime() - Date.parse(renewedAt)) / 1000))
  const every = Math.round(durationSeconds / 4)
  return age <= durationSeconds * missedTwo
    ? { what: node, state: 'ok', words: `renewed its lease ${age} s ago` }
    : {
        what: node,
        state: 'failing',
        words: `has not renewed its lease for ${age} s (it does every ${every} s)`,
      }
}

/**
 * Pure: kubelets by their own leases. The Ready condition would be the controller manager's word, which stays as it was
 * when that is down as well.
 */
export function judgeKubelets(signals: ControlPlaneSignals, hidden: string | null): Judged {
  const { nodes, nodesAt, nodesTruncated } = signals
  if (nodes === null)
    return { state: 'unknown', evidence: hidden ?? 'The leases of the nodes could not be read', signals: [] }
  if (nodes.length === 0) return { state: 'unknown', evidence: 'No node has a lease', signals: [] }
  const now = new Date(nodesAt ?? signals.serverTime ?? signals.at)
  const judged = nodes.map((lease) => judgeNode(lease, now))
  const failing = judged.filter(({ state }) => state === 'failing')
  const rest = nodesTruncated ? '; there are more nodes than were looked at' : ''
  const [first] = failing
  if (first === undefined)
    return {
      state: judged.some(({ state }) => state === 'ok') ? 'ok' : 'unknown',
      evidence: `${judged.length} of ${judged.length} nodes renew their leases${rest}`,
      signals: [],
    }
  return {
    state: 'failing',
    evidence: `${failing.length} of ${judged.length} nodes are silent: ${first.what} ${first.words}${rest}`,
    signals: failing.slice(0, mostListed),
  }
}
