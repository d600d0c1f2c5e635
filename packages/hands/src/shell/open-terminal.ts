import { FairleadError, isFairleadError, type ErrorCode } from '@fairlead/contracts/errors'
import { shellLimits, type ShellEnd, type TerminalSize } from '@fairlead/contracts/shell-wire'
import { authorise } from '@fairlead/kernel/authorise'
import type { Actor, Call } from '@fairlead/kernel/context'
import { execInPod, type Exec } from '@fairlead/kube/exec'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { getObject } from '@fairlead/kube/objects'
import { explainedClients } from '../explained-clients'
import type { HandsDeps } from '../hands-deps'
import { scopeOfPlace } from '../verbs/scope-of-place'
import { auditShell, openerOf, type Told } from './audit-shell'
import { stillHolds } from './end-forgotten'
import { redeemTicket, type OpenedShell, type ShellPlace } from './ticket'
import { watchRights } from './watch-rights'

export interface TerminalDeps extends Omit<HandsDeps, 'freeze'> {
  readonly clock: () => Date
  /** The actor with today's rights; null when the session has ended. */
  refresh(actor: Actor): Promise<Actor | null>
  onError(error: unknown): void
}
/** The browser's end. `done` is called when `data` has left this process. */
export interface Screen {
  output(data: Buffer, done: () => void): void
  ended(end: ShellEnd): void
}
export interface Terminal {
  input(data: Buffer): void
  resize(size: TerminalSize): void
  /** The browser is gone, or the console stops: `why` stands in the audit log. */
  hangUp(why: string): void
}

const recheckMs = 15_000
/** Bytes on their way to a browser, above which the container has to wait and below which it goes on. */
const behind = { stop: 1024 * 1024, go: 256 * 1024 } as const

/** Redeems the ticket before anything is promised; what fails later is told by `start`. */
export async function admitTerminal(deps: TerminalDeps, ticket: string, call: Call) {
  const shell = await redeemTicket(deps.db, ticket, { actor: call.actor, now: deps.clock() })
  await assertStillMay(deps, shell, call.actor)
  return { start: (screen: Screen): Promise<Terminal> => start(deps, { shell, call, screen }) }
}

async function assertStillMay(deps: TerminalDeps, place: ShellPlace, actor: Actor): Promise<void> {
  const { clusterId: cluster, namespace } = place
  const scope = await scopeOfPlace(deps.db, actor, { cluster, namespace, permission: 'shell.open' })
  authorise(actor, 'shell.open', scope)
}

interface Starting {
  readonly shell: OpenedShell
  readonly call: Call
  readonly screen: Screen
}

async function start(deps: TerminalDeps, { shell, call, screen }: Starting): Promise<Terminal> {
  let opener = openerOf(call, null)
  const tell = (told: Told) => auditShell(deps, { shell, opener, told })
  try {
    const client = await explainedClients(deps.clusters).clientFor(shell.clusterId, call.actor)
    opener = openerOf(call, client)
    const exec = await reach(client, shell, call.signal)
    await tell({ event: 'begun' })
    return attend(deps, { exec, shell, call, screen, tell })
  } catch (error) {
    await tell({ event: 'failed', error })
    throw error
  }
}

async function reach(client: KubeClient, place: ShellPlace, signal: AbortSignal | undefined): Promise<Exec> {
  const { namespace, pod, podUid } = place
  const live = await getObject(client, { apiVersion: 'v1', kind: 'Pod', namespace, name: pod }, { signal })
  if (live?.metadata.uid !== podUid)
    throw new FairleadError('stale', `Pod ${pod} is gone; another may stand in its place.`, {
      remedy: 'Look at the pods again.',
    })
  return execInPod(client, { ...place, signal })
}

interface Attended extends Starting {
  readonly exec: Exec
  tell(told: Told): Promise<void>
}

function attend(deps: TerminalDeps, { exec, shell, call, screen, tell }: Attended): Terminal {
  let over = false
  let waiting = 0
  const begunAt = deps.clock()
  const end = (outcome: ShellEnd): void => {
    if (over) return
    over = true
    clearTimeout(idle)
    clearTimeout(total)
    clearInterval(rights)
    exec.close()
    screen.ended(outcome)
    const seconds = Math.round((deps.clock().getTime() - begunAt.getTime()) / 1_000)
    tell({ event: 'ended', ...outcome, seconds }).catch(deps.onError)
  }
  const hangUp = (message: string): void => end({ exitCode: null, message })
  const total = setTimeout(() => hangUp(words.total), shellLimits.total * 1_000)
  const lookAgain = watchRights({
    look: async () => {
      if (!(await stillMay(deps, shell, call.actor))) return words.rights
      return (await stillHolds(deps, shell.id, deps.clock())) ? null : words.forgotten
    },
    unknown: words.unknown,
    close: hangUp,
    onError: deps.onError,
  })
  const rights = setInterval(() => void lookAgain(), recheckMs)
  const idle = setTimeout(() => hangUp(words.idle), shellLimits.idle * 1_000)
  exec.listen({
    output(data) {
      if (over) return
      waiting += data.length
      if (waiting > behind.stop) exec.pause()
      screen.output(data, () => {
        waiting -= data.length
        if (waiting < behind.go) exec.resume()
      })
    },
    ended: end,
  })
  return {
    input(data) {
      idle.refresh()
      if (!over) exec.write(data)
    },
    resize: (size) => (over ? undefined : exec.resize(size)),
    hangUp,
  }
}

const words = {
  idle: `Nothing was typed for ${shellLimits.idle / 60} minutes.`,
  total: `A shell stays open for ${shellLimits.total / 3_600} hours at most.`,
  rights: 'Your right to open a shell here was taken away, or your session has ended.',
  forgotten: 'Fairlead was away for so long that this shell was written down as ended.',
  unknown: 'Fairlead could not look up any more whether you may have a shell here.',
}

const denials: readonly ErrorCode[] = ['forbidden', 'not_found', 'unauthenticated']

/** Only a denial says no: a database that doesn't answer has taken nothing away. */
export async function stillMay(deps: TerminalDeps, place: ShellPlace, actor: Actor): Promise<boolean> {
  const today = await deps.refresh(actor)
  if (today === null) return false
  try {
    await assertStillMay(deps, place, today)
    return true
  } catch (error) {
    if (isFairleadError(error) && denials.includes(error.code)) return false
    throw error
  }
}
