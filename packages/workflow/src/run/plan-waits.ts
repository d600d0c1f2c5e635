import { matchesEvent } from '../definition/render'
import { runStates, type RunState } from '@fairlead/contracts/workflow-states'
import { change, note, rowOf, settle, type Draft } from './draft'
import { fail } from './plan-tasks'
import type { Pending, TaskRow } from './rows'
import { rowKey } from './rows'
import { scopeOf } from './scope'
import { after } from './times'

/** How soon a wait looks again when no bell rang. */
const lookAgainMs = { event: 30_000, workflow: 15_000, rollout: 2_000 } as const

/** Rows whose time came or that somebody rang: retries, approvals, waits. */
export function wake(draft: Draft): void {
  for (const { taskId, index } of draft.seen.tasks) {
    // As this pass has left it: an upstream that settled just now has been counted on it.
    const row = rowOf(draft, taskId, index)
    if (row === undefined) continue
    const due = row.nextAt !== null && row.nextAt <= draft.now
    if (!due && !row.dirty) continue
    if (row.state === 'retrying' && due)
      change(draft, row, {
        state: 'ready',
        nextAt: null,
        readyAt: draft.now,
        reason: 'Ready to be tried again.',
      })
    else if (row.state === 'awaiting_approval') judgeApproval(draft, row)
    else if (row.state === 'deferred' && row.pending !== null) judgeWait(draft, row, row.pending)
  }
}

function judgeApproval(draft: Draft, row: TaskRow): void {
  if (row.pending?.kind !== 'approval') return fail(draft, row, 'It is bound to nothing.')
  const tally = draft.seen.decisions.get(rowKey(row.taskId, row.index))
  if (tally?.rejected) {
    const { by, reason } = tally.rejected
    return fail(draft, row, `Rejected by ${by}: ${reason}`)
  }
  const given = tally?.approvedBy ?? []
  if (given.length >= row.pending.quorum) {
    note(draft, row, 'approved', `Approved by ${given.join(', ')}.`)
    return settle(draft, row, { state: 'succeeded', reason: `Approved by ${given.join(', ')}.`, outputs: {} })
  }
  if (new Date(row.pending.expiresAt) <= draft.now)
    return fail(draft, row, 'Its approval expired before enough people had approved.')
  const missing = row.pending.quorum - given.length
  change(draft, row, {
    reason: `Waits for ${missing} more approval${missing === 1 ? '' : 's'} by ${row.pending.roles.join(' or ')}.`,
    nextAt: new Date(row.pending.expiresAt),
  })
}

function judgeWait(draft: Draft, row: TaskRow, pending: Pending): void {
  if (pending.kind === 'time') {
    if (new Date(pending.until) > draft.now) return void change(draft, row, {})
    return settle(draft, row, { state: 'succeeded', reason: 'Its time came.', outputs: {} })
  }
  if (pending.kind === 'refused') return fail(draft, row, pending.reason)
  const finding = draft.seen.findings.get(rowKey(row.taskId, row.index))
  if (finding?.kind === 'refused') return fail(draft, row, finding.reason)
  if (pending.kind === 'event') {
    const payloads = finding?.kind === 'events' ? finding.payloads : []
    return judgeEvents(draft, row, { match: pending.match, payloads })
  }
  if (pending.kind === 'workflow') {
    if (finding?.kind === 'run') return judgeChild(draft, row, { ...finding, name: pending.name })
    draft.children.push({ row, workflow: pending.name, parameters: pending.parameters })
    return later(draft, row, 'workflow')
  }
  if (finding?.kind !== 'rollout' || finding.state === 'moving')
    return later(draft, row, 'rollout', finding?.kind === 'rollout' ? finding.reason : undefined)
  if (finding.state === 'failed') return fail(draft, row, finding.reason)
  settle(draft, row, { state: 'succeeded', reason: finding.reason, outputs: {} })
}

function judgeEvents(
  draft: Draft,
  row: TaskRow,
  { match, payloads }: { readonly match: string | null; readonly payloads: readonly unknown[] },
): void {
  for (const payload of payloads) {
    const matches = matchesEvent(match, payload, scopeOf(draft, row))
    if (!matches.ok) return fail(draft, row, `"match": ${matches.reason}`)
    if (matches.value)
      return settle(draft, row, { state: 'succeeded', reason: 'The event came.', outputs: payload ?? {} })
  }
  later(draft, row, 'event')
}

interface Child {
  readonly id: string
  readonly number: number
  readonly state: RunState
  readonly name: string
}

function judgeChild(draft: Draft, row: TaskRow, child: Child): void {
  const words = `Run ${child.number} of ${child.name}: ${runStates[child.state].word.toLowerCase()}.`
  if (!runStates[child.state].terminal) return later(draft, row, 'workflow', words)
  if (child.state !== 'succeeded' && child.state !== 'succeeded_with_failures') return fail(draft, row, words)
  settle(draft, row, { state: 'succeeded', reason: words, outputs: { run: child.id } })
}

function later(draft: Draft, row: TaskRow, kind: keyof typeof lookAgainMs, reason?: string): void {
  change(draft, row, {
    nextAt: after(draft.now, lookAgainMs[kind]),
    ...(reason === undefined ? {} : { reason }),
  })
}
