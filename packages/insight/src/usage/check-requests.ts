import type { CheckResult, CheckSeverity } from '@fairlead/contracts/checks'
import type { ContainerUsage, RequestJudgement } from '@fairlead/contracts/usage'
import { resultOf } from '../checklist/check-workload'
import { amountWords } from '../scheduling/requests'

/** What costs money is advice; what ends or starves the container is a warning. That there is no request, another check says. */
function severityOf({ verdict, resource }: RequestJudgement): CheckSeverity | null {
  if (verdict === 'near_limit') return 'warning'
  if (verdict === 'under') return resource === 'memory' ? 'warning' : 'advice'
  return verdict === 'over' ? 'advice' : null
}

const sentenceOf = (container: string, judged: RequestJudgement): string => {
  const { proposed, resource, words } = judged
  return `${container}: ${words}${proposed === null ? '' : `; ${amountWords(resource, proposed)} would do`}`
}

/** Pure: the readiness check of a workload whose use was seen; none while too little was. */
export function checkRequests(containers: readonly ContainerUsage[]): readonly CheckResult[] {
  const judged = containers.flatMap(({ container, resources }) =>
    resources
      .filter(({ verdict }) => verdict !== 'not_enough')
      .map((each) => ({ container, each, severity: severityOf(each) })),
  )
  const [first] = judged
  if (first === undefined) return []
  const failed = judged.flatMap((one) => (one.severity === null ? [] : [{ ...one, severity: one.severity }]))
  const worst = failed.find(({ severity }) => severity === 'warning') ?? failed[0]
  if (worst === undefined)
    return [resultOf('request-accuracy', { passed: `requests suit what was used (${first.each.evidence})` })]
  const words = failed.map(({ container, each }) => sentenceOf(container, each)).join('. ')
  return [
    resultOf('request-accuracy', {
      failed: `${words} (${worst.each.evidence})`,
      severity: worst.severity,
    }),
  ]
}
