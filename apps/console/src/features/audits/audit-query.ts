import { checkNames, checkSeverities } from '@fairlead/contracts/checks'
import type { InputOf } from '@fairlead/contracts/surface'

export const auditParams = ['severity', 'check', 'cluster', 'project', 'q', 'waived'] as const
export type AuditParam = (typeof auditParams)[number]
type FindingsQuery = InputOf<'check.list'>

/** The address as a question; whatever is not valid there is left out. */
export function findingsQuery(params: Readonly<URLSearchParams>): FindingsQuery {
  const text = (name: AuditParam): string | undefined => params.get(name)?.trim() || undefined
  const severity = checkSeverities.find((known) => known === params.get('severity'))
  const check = checkNames.find((known) => known === params.get('check'))
  const [cluster, project, search] = [text('cluster'), text('project'), text('q')]
  return {
    ...(severity === undefined ? {} : { severity }),
    ...(check === undefined ? {} : { check }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(project === undefined ? {} : { project }),
    ...(search === undefined ? {} : { search }),
    ...(params.get('waived') === 'yes' ? { waived: true } : {}),
  }
}
