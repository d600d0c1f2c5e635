import type { RequestJudgement, UsageSample, WorkloadUsageView } from '@fairlead/contracts/usage'
import { age, table } from './output'

const mebi = 2 ** 20

/** In the units of requests, so that a figure can be written into a manifest. */
function figure(resource: RequestJudgement['resource'], amount: number | null): string {
  if (amount === null) return '-'
  return resource === 'cpu' ? `${Math.ceil(amount)}m` : `${Math.ceil(amount / mebi)}Mi`
}

const sampleCells = (sample: UsageSample | null, now: number): string[] =>
  sample === null
    ? ['not measured', '', '']
    : [figure('cpu', sample.cpuMillis), figure('memory', sample.memoryBytes), `${age(sample.at, now)} ago`]

/** For people; `--json` gives the answer as it is. */
export function usageText({ source, containers, pods, notes }: WorkloadUsageView, now = Date.now()): string {
  const said =
    source === null
      ? 'The cluster has not been asked yet.'
      : `${source.words === '' ? 'Measured' : source.words} (asked ${age(source.at, now)} ago)`
  const judged = containers.flatMap(({ container, resources }) =>
    resources.map(({ resource, verdict, request, limit, p95, peak, proposed, words, evidence }) => [
      container,
      resource,
      verdict.replace('_', ' '),
      ...[request, limit, p95, peak, proposed].map((amount) => figure(resource, amount)),
      `${words} (${evidence})`,
    ]),
  )
  const headers = ['container', 'resource', 'verdict', 'request', 'limit', 'p95', 'peak', 'proposed', 'why']
  const used = pods.map(({ pod, sample }) => [pod, ...sampleCells(sample, now)])
  return [
    said,
    ...(judged.length === 0 ? [] : ['', table(headers, judged)]),
    ...(notes.length === 0 ? [] : ['', ...notes]),
    ...(used.length === 0 ? [] : ['', table(['pod', 'cpu', 'memory', 'measured'], used)]),
  ].join('\n')
}
