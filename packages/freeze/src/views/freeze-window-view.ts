import type { FreezeWindowView } from '@fairlead/contracts/freeze'
import { localText } from '@fairlead/timetable/local-text'
import { horizonMs } from '../algebra/rules'
import { nextSpan, spanAt, spansIn, type Span } from '../algebra/times'
import { windowOf, type StoredWindow } from '../document/stored-window'

export interface WindowRow {
  readonly document: unknown
  readonly updatedAt: Date
  readonly updatedBy: string
}

/** What of a window the viewer sees: names of what they may not see are left out of its scope. */
export interface Seen {
  readonly projects: 'all' | ReadonlySet<string>
  readonly clusters: 'all' | ReadonlySet<string>
}

const localOf = (at: number, { timezone }: StoredWindow): string => localText(new Date(at), timezone)
const kept = (names: readonly string[], seen: 'all' | ReadonlySet<string>): string[] =>
  names.filter((name) => seen === 'all' || seen.has(name))

/** Null where nothing that the viewer sees is meant. */
export function seenWindow(column: unknown, seen: Seen): StoredWindow | null {
  const window = windowOf(column)
  const { projects, applications, clusters, selector } = window.scope
  const ofProject = (name: string): boolean => {
    const [project, application] = name.split('/')
    return application === undefined || seen.projects === 'all' || seen.projects.has(project ?? '')
  }
  const scope = {
    ...(projects === undefined ? {} : { projects: kept(projects, seen.projects) }),
    ...(applications === undefined ? {} : { applications: applications.filter(ofProject) }),
    ...(clusters === undefined ? {} : { clusters: kept(clusters, seen.clusters) }),
    ...(selector === undefined ? {} : { selector }),
  }
  const nothing = [scope.projects, scope.applications, scope.clusters].some((names) => names?.length === 0)
  return nothing ? null : { ...window, scope }
}

export function freezeWindowView(row: WindowRow, window: StoredWindow, now: Date): FreezeWindowView {
  const at = now.getTime()
  const lasting = spanAt(window.times, at)
  const span = lasting ?? nextSpan(window.times, at)
  const near = span === null || span.from - at > horizonMs ? null : joined(window, span)
  return {
    name: window.name,
    mode: window.mode,
    reason: window.reason,
    running: window.running,
    scope: window.scope,
    actions: window.actions,
    timezone: window.timezone,
    schedule: scheduleText(window),
    lasts: lasting !== null,
    from: near === null ? null : new Date(near.from).toISOString(),
    until: near === null ? null : new Date(near.until).toISOString(),
    fromLocal: near === null ? null : localOf(near.from, window),
    untilLocal: near === null ? null : localOf(near.until, window),
    updatedAt: row.updatedAt.toISOString(),
    updatedBy: row.updatedBy,
  }
}

/** Spans that meet are one to whoever waits for their end. */
const joined = (window: StoredWindow, span: Span): Span => {
  const monthMs = 31 * 24 * 60 * 60_000
  return spansIn(window.times, { from: span.from, until: span.until + monthMs }, 1)[0] ?? span
}

export function scheduleText({ schedule }: StoredWindow): string {
  return 'cron' in schedule
    ? `${schedule.cron} for ${schedule.duration}`
    : `${schedule.from.replace('T', ' ')} until ${schedule.until.replace('T', ' ')}`
}
