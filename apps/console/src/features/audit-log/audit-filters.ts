import type { InputOf } from '@fairlead/contracts/surface'

export const filterNames = ['actor', 'action', 'project', 'subject', 'outcome', 'from', 'to'] as const
export type FilterName = (typeof filterNames)[number]
export type AuditQuery = Omit<InputOf<'audit.list'>, 'before' | 'limit'>

const outcomes = ['done', 'denied', 'failed'] as const

/** The address as a question; whatever is not valid there is left out. Days are the reader's own. */
export function queryOf(params: Readonly<URLSearchParams>): AuditQuery {
  const text = (name: FilterName): string | undefined => params.get(name)?.trim() || undefined
  const outcome = outcomes.find((known) => known === params.get('outcome'))
  const from = startOfDay(params.get('from'), 0)
  const to = startOfDay(params.get('to'), 1)
  const { actor, action, project, subject } = {
    actor: text('actor'),
    action: text('action'),
    project: text('project'),
    subject: text('subject'),
  }
  return {
    ...(actor === undefined ? {} : { actor }),
    ...(action === undefined ? {} : { action }),
    ...(project === undefined ? {} : { project }),
    ...(subject === undefined ? {} : { subject }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
}

/** `2026-11-23` → that midnight here, as ISO; `later` days on, so that "to" includes its day. */
function startOfDay(day: string | null, later: number): string | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '')
  if (match === null) return undefined
  const [year, month, date] = match.slice(1).map(Number)
  const at = new Date(year ?? 0, (month ?? 1) - 1, (date ?? 1) + later)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}
