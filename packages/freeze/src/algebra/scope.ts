import type { FrozenAction } from '@fairlead/contracts/freeze-actions'
import type { FreezeScope } from '@fairlead/contracts/freeze-document'
import type { Rule, Rules } from './rules'

/** Whose things a change touches; null where nobody's in particular. */
export interface Party {
  readonly project: string | null
  readonly application: string | null
}

export interface Subject {
  readonly action: FrozenAction
  readonly cluster: string
  /** Labels of the cluster, and `environment`. */
  readonly labels: Readonly<Record<string, string>>
  /** Each of them must be open. */
  readonly parties: readonly Party[]
}

export interface ScopedRule extends Rule {
  readonly scope: FreezeScope
  readonly actions: readonly FrozenAction[] | null
}

/** The windows that are meant for this change, as rules. */
export function rulesFor(windows: readonly ScopedRule[], subject: Subject): Rules {
  const meant = (party: Party, mode: Rule['mode']): ScopedRule[] =>
    windows.filter((window) => window.mode === mode && covers(window, subject, party))
  const denies = new Set(subject.parties.flatMap((party) => meant(party, 'deny')))
  const groups = subject.parties.map((party) => meant(party, 'allow')).filter((group) => group.length > 0)
  return { denies: [...denies], allows: distinct(groups) }
}

function covers({ scope, actions }: ScopedRule, subject: Subject, party: Party): boolean {
  if (actions !== null && !actions.includes(subject.action)) return false
  if (scope.clusters !== undefined && !scope.clusters.includes(subject.cluster)) return false
  const labels = new Map(Object.entries(subject.labels))
  if (Object.entries(scope.selector ?? {}).some(([key, value]) => labels.get(key) !== value)) return false
  if (scope.projects !== undefined && !(party.project !== null && scope.projects.includes(party.project)))
    return false
  return scope.applications === undefined || scope.applications.some((name) => names(name, party))
}

const names = (name: string, { project, application }: Party): boolean =>
  application !== null && (name === application || name === `${project ?? ''}/${application}`)

function distinct(groups: readonly (readonly ScopedRule[])[]): (readonly ScopedRule[])[] {
  const seen = new Map(groups.map((group) => [group.map(({ name }) => name).join('|'), group]))
  return [...seen.values()]
}
