import type { LeaseSignal } from '@fairlead/contracts/control-plane'
import type { Judged } from './judged'

const unreadable: Readonly<Record<Exclude<LeaseSignal['state'], 'read'>, string>> = {
  missing: 'It has no lease in kube-system: managed elsewhere, or never started',
  denied: 'Its lease in kube-system may not be read',
  unreadable: 'Its lease could not be read',
}

/** Pure: a leader's lease, aged by the server's clock. `hidden` says why nothing can be known now. */
export function judgeLeader(
  lease: LeaseSignal,
  seen: { readonly now: Date; readonly hidden: string | null },
): Judged {
  const told = (state: Judged['state'], evidence: string): Judged => ({
    state,
    evidence,
    signals: [{ what: 'lease', state, words: evidence }],
  })
  if (lease.state !== 'read') return told('unknown', seen.hidden ?? unreadable[lease.state])
  if (lease.renewedAt === null) return told('unknown', 'Its lease has no renew time')
  const age = Math.max(0, Math.round((seen.now.getTime() - Date.parse(lease.renewedAt)) / 1000))
  if (lease.holder === null) return told('failing', `No leader: it let go of its lease ${age} s ago`)
  return age <= lease.durationSeconds
    ? told('ok', `Its leader renewed the lease ${age} s ago`)
    : told(
        'failing',
        `No leader: the lease was renewed last ${age} s ago, allowed are ${lease.durationSeconds} s`,
      )
}
