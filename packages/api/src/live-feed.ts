import { FairleadError } from '@fairlead/contracts/errors'
import type { LiveBatch, LiveChange } from '@fairlead/contracts/live'
import type { Actor } from '@fairlead/kernel/context'
import { createChangeReader } from './live-feed/change-reader'
import type { LiveFeedDeps, ResolvedChange } from './live-feed/live-feed-deps'
import { createMailbox } from './live-feed/mailbox'
import { visibilityOf, visibleChange, type Visibility } from './live-feed/visibility'
import type { LiveFeed, LiveOptions } from './trpc'

/** Rights are looked up this often, and at once when a change tells of people or projects. */
const recheckMs = 20_000
const keepChangesMs = 24 * 3_600_000
const pruneEveryMs = 10 * 60_000
/** Further behind than this many pages, asking everything again is cheaper than replaying. */
const maxReplayPages = 5

type Sent = { readonly cursor: string; readonly batch: LiveBatch }

/** The change log as streams: one listener and one reader per process, filtered for each subscriber. */
export function createLiveFeed(deps: LiveFeedDeps): LiveFeed & { close(): Promise<void> } {
  const reader = createChangeReader(deps)
  const prune = (): void =>
    void deps.prune(new Date(deps.clock().getTime() - keepChangesMs)).catch(deps.onError)
  const pruning = setInterval(prune, deps.pruneEveryMs ?? pruneEveryMs)
  pruning.unref()
  return {
    subscribe: (actor, options) => subscription({ deps, reader, actor, options }),
    close: async () => {
      clearInterval(pruning)
      await reader.close()
    },
  }
}

interface Subscription {
  readonly deps: LiveFeedDeps
  readonly reader: ReturnType<typeof createChangeReader>
  readonly actor: Actor
  readonly options: LiveOptions
}

/** Attaches before it replays: what commits meanwhile comes twice at worst, which changes nothing. */
async function* subscription(stream: Subscription): AsyncGenerator<Sent> {
  const { deps, reader, options } = stream
  const mailbox = createMailbox()
  const start = await reader.attach({ mailbox, kinds: new Set(options.objects?.kinds ?? []) })
  try {
    const rights = await createRights(stream)
    yield* opening(stream, rights, start)
    while (!options.signal.aborted) {
      const mail = await mailbox.take(rights.checkAgainInMs(), options.signal)
      if (options.signal.aborted) return
      const changed = await rights.check(mail?.changes ?? [])
      if (mail === null && !changed) continue
      const reset = changed || mail?.overflow === true
      const changes = filtered(rights.visibility(), stream, mail?.changes ?? [])
      if (changes.length > 0 || reset)
        yield sent(deps, mail?.cursor ?? reader.cursor(), { changes: reset ? [] : changes, reset })
    }
  } finally {
    reader.detach(mailbox)
  }
}

/** Where the stream stands is said first, so that a connection lost a moment later can resume. */
async function* opening(stream: Subscription, rights: Rights, start: string): AsyncGenerator<Sent> {
  const { deps, reader, options } = stream
  if (options.cursor === null) return yield sent(deps, start, { changes: [], reset: false })
  if (!(await deps.canResume(options.cursor))) return yield sent(deps, start, { changes: [], reset: true })
  let cursor = options.cursor
  for (let pages = 0; pages < maxReplayPages; pages += 1) {
    const page = await deps.read(cursor)
    if (page.changes.length === 0) return yield sent(deps, cursor, { changes: [], reset: false })
    cursor = page.cursor
    const changes = filtered(rights.visibility(), stream, await reader.resolve(page.changes))
    if (changes.length > 0) yield sent(deps, cursor, { changes, reset: false })
  }
  yield sent(deps, start, { changes: [], reset: true })
}

const sent = (deps: LiveFeedDeps, cursor: string, batch: Omit<LiveBatch, 'at'>): Sent => ({
  cursor,
  batch: { ...batch, at: deps.clock().toISOString() },
})

const filtered = (
  visibility: Visibility,
  { actor, options }: Subscription,
  changes: readonly ResolvedChange[],
): LiveChange[] => changes.flatMap((change) => visibleChange(visibility, { actor, options }, change) ?? [])

interface Rights {
  visibility(): Visibility
  checkAgainInMs(): number
  /** True when what the actor may see is different now; throws when nothing may be seen any more. */
  check(changes: readonly ResolvedChange[]): Promise<boolean>
}

async function createRights({ deps, actor }: Subscription): Promise<Rights> {
  let visibility = await visibilityOf(deps, actor)
  let memberships = JSON.stringify(actor.memberships)
  let dueAt = Date.now() + recheckMs
  return {
    visibility: () => visibility,
    checkAgainInMs: () => Math.max(0, dueAt - Date.now()),
    check: async (changes) => {
      const rightsMayDiffer = changes.some(({ topic }) => rightsTopics.has(topic))
      if (!rightsMayDiffer && Date.now() < dueAt) return false
      const current = await deps.refresh(actor)
      if (current === null)
        throw new FairleadError('unauthenticated', 'The session or the token of this stream has ended.')
      dueAt = Date.now() + recheckMs
      visibility = await visibilityOf(deps, current)
      const before = memberships
      memberships = JSON.stringify(current.memberships)
      return memberships !== before || changes.some(({ topic }) => topic === 'project')
    },
  }
}

/** A project's destinations decide what of the inventory its members see. */
const rightsTopics: ReadonlySet<string> = new Set(['people', 'project', 'token'])
