import type { StageCheck } from '@fairlead/contracts/stage-checks'

export type CheckGroup = 'blocks' | 'warns' | 'waived' | 'passed'

export function groupOf({ passed, severity, waiver }: StageCheck): CheckGroup {
  if (passed) return 'passed'
  if (waiver !== undefined && waiver !== null) return 'waived'
  return severity === 'error' ? 'blocks' : 'warns'
}

export function checkGroups(checks: readonly StageCheck[]): Record<CheckGroup, readonly StageCheck[]> {
  const of = (group: CheckGroup) => checks.filter((check) => groupOf(check) === group)
  return { blocks: of('blocks'), warns: of('warns'), waived: of('waived'), passed: of('passed') }
}
