import { frozenWords } from '@fairlead/contracts/freeze-gate'
import type { PlanPreview, StagePlan, TargetPlan } from '@fairlead/contracts/rollout'
import { table } from './output'

/** A plan for a terminal: what changes, what the update needs at its peak, the differences, and what stands against it. */
export function planText(plan: PlanPreview): string {
  const parts = plan.stages.flatMap((stage) => [
    `Stage ${stage.stage}`,
    ...stage.targets.map((target) =>
      table(
        ['change', 'object', 'restarts', 'notes'],
        target.objects.map((object) => [
          object.change,
          `${target.cluster.name}: ${object.kind}/${object.name}`,
          String(object.restarts),
          object.notes.join('; '),
        ]),
      ),
    ),
    ...stage.targets.flatMap(trialText),
    ...stage.targets.flatMap(surgeText),
    ...wavesText(stage.targets),
    ...checksText(stage.checks),
    ...stage.targets.flatMap((target) =>
      target.objects.flatMap((object) => diffText(`${object.kind}/${object.name}`, object.diff)),
    ),
    ...(stage.confirm ?? []).map(
      (reason) => `  confirm: ${reason} Deploy with --confirm-prune ${plan.application}.`,
    ),
    ...stage.blockers.map((blocker) => `  blocked: ${blocker}`),
    ...plan.windows.flatMap(({ stage: name, answer }) =>
      name === stage.stage && !answer.open ? [`  waits: ${frozenWords(answer)}`] : [],
    ),
    ...stage.warnings.map((warning) => `  note: ${warning}`),
  ])
  return parts.join('\n')
}

/** What failed, the gravest first; a terminal has no room for what passed. */
function checksText(checks: StagePlan['checks']): string[] {
  const words = ({ severity, waiver }: StagePlan['checks'][number]): string =>
    waiver === undefined || waiver === null
      ? severity
      : `waived by ${waiver.by} until ${waiver.until.slice(0, 10)}: ${waiver.reason}`
  const failed = checks
    .filter(({ passed }) => !passed)
    .toSorted((left, right) => (left.severity === right.severity ? 0 : left.severity === 'error' ? -1 : 1))
  const passed = `Checks: ${checks.length - failed.length} of ${checks.length} passed`
  if (failed.length === 0) return [passed]
  const rows = failed.map((check) => [words(check), check.check, check.object, check.message])
  return [passed, table(['weighs', 'check', 'object', 'what'], rows)]
}

function trialText({ cluster, trial }: TargetPlan): string[] {
  return (trial ?? []).map(({ workload, beside, stablePods, steps }) => {
    const each = steps.map(
      ({ weight, pods, actual }) => `${weight}%: ${pods}${actual === weight ? '' : ` (${actual}%)`}`,
    )
    return `Tried first on ${cluster.name}: pods of ${beside} beside ${stablePods} of ${workload}: ${each.join(', ')}`
  })
}

/** Which clusters get it one after the other, in the order in which they do. */
function wavesText(targets: readonly TargetPlan[]): string[] {
  const waves = [...new Set(targets.flatMap(({ wave }) => wave ?? []))].toSorted(
    (left, right) => left - right,
  )
  return waves.map((number) => {
    const names = targets
      .filter(({ wave }) => wave === number)
      .map(({ cluster, unreachable }) => `${cluster.name}${unreachable === undefined ? '' : ' (unseen)'}`)
    return `Wave ${number}: ${names.join(', ')}`
  })
}

function surgeText({ cluster, surge }: TargetPlan): string[] {
  if (surge === undefined || surge === null) return []
  const amounts = [
    ...surge.capacity.map((amount) => ['all nodes', amount] as const),
    ...surge.quotas.flatMap((quota) =>
      quota.amounts.map((amount) => [`quota ${quota.name}`, amount] as const),
    ),
  ]
  return [
    `Surge on ${cluster.name}: ${surge.words}`,
    table(
      ['workload', 'now', 'peak', 'after', 'nodes'],
      surge.workloads.map(({ kind, name, now, peak, after, placement }) => [
        `${kind}/${name}`,
        String(now),
        String(peak),
        String(after),
        (placement?.nodes ?? []).map(({ node, pods }) => `${node} +${pods}`).join(', '),
      ]),
    ),
    ...(amounts.length === 0
      ? []
      : [
          table(
            ['of', 'resource', 'now', 'peak', 'limit'],
            amounts.map(([of, { resource, now, peak, limit }]) => [of, resource, now, peak, limit]),
          ),
        ]),
    ...surge.unseen.map(({ what, why }) => `  not seen: ${what}: ${why}`),
    ...surge.notes.map((note) => `  note: ${note}`),
  ]
}

const marks = { same: ' ', add: '+', remove: '-', skip: '…' } as const

export function diffText(
  title: string,
  diff: PlanPreview['stages'][number]['targets'][number]['objects'][number]['diff'],
): string[] {
  const changed = diff.some((line) => line.kind === 'add' || line.kind === 'remove')
  return changed ? [`--- ${title}`, ...diff.map((line) => `${marks[line.kind]} ${line.text}`)] : []
}
