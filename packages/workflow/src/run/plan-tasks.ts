import { durationMs } from '@fairlead/contracts/application'
import { maxFanOut } from '@fairlead/contracts/workflow-document'
import { evaluateForEach, evaluateWhen, renderApproval, renderWait } from '../definition/render'
import { judgeRule } from '../rules/trigger-rule'
import { hashOf } from './attempt-key'
import { change, note, settle, taskOf, tellSize, type Draft } from './draft'
import type { TaskRow } from './rows'
import { scopeOf } from './scope'
import { after } from './times'

/** Rules of everything whose upstreams moved, until nothing more follows. */
export function decideTasks(draft: Draft): void {
  for (let key = draft.undecided.pop(); key !== undefined; key = draft.undecided.pop()) {
    const row = draft.rows.get(key)
    if (row !== undefined && row.state === 'waiting' && row.index < 0) decide(draft, row)
  }
}

function decide(draft: Draft, row: TaskRow): void {
  const task = taskOf(draft, row.taskId)
  const verdict = judgeRule(task.trigger, {
    ...row,
    setups: {
      total: task.setups.length,
      succeeded: row.setupsSucceeded,
      skipped: row.setupsSkipped,
    },
  })
  if (verdict.kind === 'settle') return settle(draft, row, verdict)
  if (verdict.kind === 'wait') return void change(draft, row, { reason: verdict.reason })
  const wanted = task.source.when === undefined ? null : evaluateWhen(task, scopeOf(draft, row))
  if (wanted?.ok === false) return fail(draft, row, `"when": ${wanted.reason}`)
  if (wanted?.value === false)
    return settle(draft, row, {
      state: 'skipped',
      reason: `Its condition is false: ${task.source.when ?? ''}`,
    })
  begin(draft, change(draft, row, { readyAt: draft.now, reason: verdict.reason }))
}

/** The rule passed: what the task is decides what it does now. */
function begin(draft: Draft, row: TaskRow): void {
  const task = taskOf(draft, row.taskId)
  if (task.source.forEach !== undefined) return fanOut(draft, row)
  if (task.kind === 'approval') return awaitApproval(draft, row)
  if (task.kind === 'wait') return defer(draft, row)
  change(draft, row, { state: 'ready', reason: 'Ready to start.' })
}

export function fail(draft: Draft, row: TaskRow, reason: string): void {
  note(draft, row, 'failed', reason)
  settle(draft, row, { state: 'failed', reason })
}

/** The index set is fixed here, once. Airflow's meaning of an empty list: nothing to do, so skipped. */
function fanOut(draft: Draft, row: TaskRow): void {
  const task = taskOf(draft, row.taskId)
  const items = evaluateForEach(task, scopeOf(draft, row))
  if (!items.ok) return fail(draft, row, `"forEach": ${items.reason}`)
  const size = items.value.length
  if (size > maxFanOut) return fail(draft, row, `"forEach" gives ${size} items; at most ${maxFanOut} may be.`)
  if (size === 0) {
    const empty = change(draft, row, { size: 0 })
    return settle(draft, empty, { state: 'skipped', reason: 'Its list is empty.', outputs: [] })
  }
  change(draft, row, { state: 'expanded', size, startedAt: draft.now, reason: `0 of ${size} finished.` })
  draft.run = { ...draft.run, openTasks: draft.run.openTasks + size }
  tellSize(draft, task, size)
  draft.fanOuts.push({
    taskId: row.taskId,
    position: row.position,
    pool: row.pool,
    priority: row.priority,
    generation: row.generation,
    items: items.value,
  })
  draft.again = true
}

/** Bound to the version, to what its message says with these inputs, and to this clearing of the task. */
function awaitApproval(draft: Draft, row: TaskRow): void {
  const task = taskOf(draft, row.taskId)
  const approval = task.source.approval
  if (approval === undefined) return fail(draft, row, 'It has no approval.')
  const scope = scopeOf(draft, row)
  const rendered = renderApproval(task, scope)
  if (!rendered.ok) return fail(draft, row, rendered.reason)
  const { run } = draft.seen
  const { message } = rendered.value
  const expiresAt = after(draft.now, durationMs(approval.expires))
  const digest = hashOf([
    run.versionId,
    run.id,
    row.taskId,
    row.index,
    row.generation,
    message,
    run.parameters,
    scope.tasks,
  ])
  change(draft, row, {
    state: 'awaiting_approval',
    reason: `Waits for ${approval.quorum} approval${approval.quorum === 1 ? '' : 's'} by ${approval.roles.join(' or ')}.`,
    startedAt: draft.now,
    nextAt: expiresAt,
    pending: {
      kind: 'approval',
      digest,
      message,
      quorum: approval.quorum,
      roles: approval.roles,
      excludeRequester: approval.excludeRequester,
      expiresAt: expiresAt.toISOString(),
    },
  })
  note(draft, row, 'approval', 'Approval is asked for.')
  draft.notices.push({ on: 'approval', message: `${row.taskId} waits for an approval.`, task: row.taskId })
}

/** First looked at in the next pass: what it waits for may be there already. */
function defer(draft: Draft, row: TaskRow): void {
  const wait = renderWait(taskOf(draft, row.taskId), scopeOf(draft, row))
  if (!wait.ok) return fail(draft, row, wait.reason)
  const { value } = wait
  const deferred = { state: 'deferred', startedAt: draft.now, nextAt: draft.now } as const
  draft.again = true
  if (value.kind === 'for' || value.kind === 'until') {
    const until = value.kind === 'for' ? after(draft.now, value.ms) : value.at
    change(draft, row, {
      ...deferred,
      nextAt: until,
      reason: `Waits until ${until.toISOString()}.`,
      pending: { kind: 'time', until: until.toISOString() },
    })
  } else if (value.kind === 'event') {
    const pending = { kind: 'event', name: value.name, match: value.match } as const
    change(draft, row, { ...deferred, reason: `Waits for the event ${value.name}.`, pending })
  } else if (value.kind === 'workflow') {
    const pending = { kind: 'workflow', name: value.name, parameters: value.parameters, run: null } as const
    change(draft, row, { ...deferred, reason: `Starts the workflow ${value.name}.`, pending })
  } else {
    const { application, stage } = value
    const pending = { kind: 'rollout', application, stage, since: draft.now.toISOString() } as const
    change(draft, row, { ...deferred, reason: `Waits for the rollout of ${application}.`, pending })
  }
}
