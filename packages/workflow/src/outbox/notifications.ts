import type { WorkflowDocument } from '@fairlead/contracts/workflow-document'
import { runStates, type RunState } from '@fairlead/contracts/workflow-states'
import { Prisma } from '@fairlead/db/sql'
import type { RawSql } from '@fairlead/db/fast-sql'

type Target = WorkflowDocument['spec']['notify'][number]
export type NotifyOn = Target['on'][number]

/** What happened: a run ended, its deadline passed, or a task waits for an approval. */
export interface News {
  readonly on: NotifyOn
  /** One sentence. */
  readonly message: string
  readonly run: {
    readonly id: string
    readonly number: number
    readonly workflow: string
    readonly project: string
    readonly state: RunState
  }
  /** Of an approval. */
  readonly task?: string | undefined
  readonly at: Date
}

export interface Message {
  readonly url: string
  readonly body: {
    /** For Slack and what understands its messages. */
    readonly text: string
    readonly event: NotifyOn
    readonly run: string
    readonly number: number
    readonly workflow: string
    readonly project: string
    readonly state: RunState
    readonly task: string | null
    readonly message: string
    /** A path here; it is made whole when it is sent. */
    readonly link: string
    readonly at: string
  }
}

/** Which messages news gives: one for each address that asked for it. */
export function notificationsOf(targets: readonly Target[], news: News): Message[] {
  const wanted = wantedBy(news)
  const urls = new Set(
    targets.filter(({ on }) => on.some((one) => wanted.includes(one))).map(({ url }) => url),
  )
  const body = bodyOf(news)
  return [...urls].map((url) => ({ url, body }))
}

/** Who asked for failures wants to hear of those in the middle too, and who asked for successes of both. */
const wantedBy = ({ on, run }: News): readonly NotifyOn[] =>
  on === 'succeeded' && run.state === 'succeeded_with_failures' ? ['succeeded', 'failed'] : [on]

function bodyOf(news: News): Message['body'] {
  const { on, run, message, at } = news
  const task = news.task ?? null
  return {
    text: `${marks[on]} ${run.project}/${run.workflow} #${run.number}: ${headline(news)}. ${message}`,
    event: on,
    run: run.id,
    number: run.number,
    workflow: run.workflow,
    project: run.project,
    state: run.state,
    task,
    message,
    link: `/runs/${run.id}${task === null ? '' : `?task=${encodeURIComponent(task)}`}`,
    at: at.toISOString(),
  }
}

const marks: Record<NotifyOn, string> = {
  succeeded: '✓',
  failed: '✗',
  cancelled: '■',
  deadline: '⏰',
  approval: '✋',
}

function headline({ on, run }: News): string {
  if (on === 'deadline') return 'Deadline missed'
  return on === 'approval' ? 'Waits for an approval' : runStates[run.state].word
}

/** Puts messages into the outbox, in the transaction that made the news true. */
export async function queueMessages(
  tx: Pick<RawSql, '$executeRaw'>,
  about: { readonly projectId: string; readonly runId: string; readonly now: Date },
  messages: readonly Message[],
): Promise<void> {
  if (messages.length === 0) return
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO workflow_outbox ("projectId", "runId", kind, url, body, "createdAt", "nextAt")
    SELECT ${about.projectId}::uuid, ${about.runId}::uuid, 'webhook', url, body, ${about.now}, ${about.now}
    FROM jsonb_to_recordset(${JSON.stringify(messages)}::jsonb) AS t(url text, body jsonb)`)
}
