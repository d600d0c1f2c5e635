import type { FrozenWaiver, StageCheck, StageChecks, WaiverSource } from '@fairlead/contracts/stage-checks'
import type { TargetCheck } from './target-checks'

type Waivers = Awaited<ReturnType<WaiverSource['waiversOf']>>

export interface CheckedTarget {
  readonly cluster: string
  readonly checks: readonly TargetCheck[]
  readonly waivers: Waivers
}

function waiverOf({ check, kind, name }: TargetCheck, waivers: Waivers): FrozenWaiver | null {
  const found = waivers.findLast((each) => each.check === check && each.kind === kind && each.name === name)
  return found === undefined ? null : { by: found.by, reason: found.reason, until: found.until }
}

const severityOf = (checks: StageChecks, check: string): 'error' | 'warn' | 'off' =>
  (checks as Readonly<Record<string, 'error' | 'warn' | 'off' | undefined>>)[check] ?? 'warn'

/** What the stage makes of each answer; what every target answers alike is said once. */
export function weighChecks(targets: readonly CheckedTarget[], checks: StageChecks): readonly StageCheck[] {
  const answers = targets.flatMap((target) =>
    target.checks.flatMap(
      (each): { readonly key: string; readonly cluster: string; readonly check: StageCheck }[] => {
        const severity = severityOf(checks, each.check)
        if (severity === 'off') return []
        const waiver = each.passed ? null : waiverOf(each, target.waivers)
        const { check, passed, message } = each
        const result = { check, severity, passed, message, object: `${each.kind} ${each.name}`, waiver }
        return [{ key: JSON.stringify(result), cluster: target.cluster, check: result }]
      },
    ),
  )
  const groups = new Map<string, { clusters: string[]; check: StageCheck }>()
  for (const { key, cluster, check } of answers) {
    const group = groups.get(key) ?? { clusters: [], check }
    group.clusters.push(cluster)
    groups.set(key, group)
  }
  return [...groups.values()].map(({ clusters, check }) =>
    clusters.length >= targets.length
      ? check
      : { ...check, object: `${check.object} on ${[...new Set(clusters)].join(', ')}` },
  )
}

/** It keeps the stage from being applied. */
export const blocks = ({ passed, severity, waiver }: StageCheck): boolean =>
  !passed && severity === 'error' && (waiver === undefined || waiver === null)
