import type { ContainerUsage, RequestJudgement, RequestVerdict } from '@fairlead/contracts/usage'
import { amountWords } from '../scheduling/requests'
import type { ContainerRequests } from './container-requests'
import { histogramUnit, type UsageDigest } from './digest'
import { percentile } from './histogram'

/** Less than a day misses the busy hour, and fewer samples miss the peaks of a day. */
export const enough = { samples: 300, spanMs: 24 * 3_600_000 } as const

type Resource = RequestJudgement['resource']
type Use = Pick<RequestJudgement, 'resource' | 'request' | 'limit' | 'p95' | 'peak'>
type Verdict = Pick<RequestJudgement, 'verdict' | 'proposed' | 'words'>

/** Room above what was seen. Upstream: the VerticalPodAutoscaler's recommender adds 15 % as well. */
const margin = 1.15
/** A proposal is rounded up to a step, and below the smallest nothing runs well. */
const steps = {
  cpu: { step: 10, smallest: 10, spared: 50 },
  memory: { step: 8 * 2 ** 20, smallest: 16 * 2 ** 20, spared: 64 * 2 ** 20 },
} as const
/** A request counts as too large when it is half as much again as the proposal, and what it holds back is worth it. */
const tooLarge = 1.5
/** A window's mean this near to the limit has touched it within the window. */
const nearLimit = 0.9

const words = { cpu: 'CPU', memory: 'memory' } as const
const figure = (resource: Resource, amount: number): string => amountWords(resource, Math.round(amount))

/** CPU can be had late, so its usual need counts; memory can't, so its peak does. */
const needOf = ({ resource, p95, peak }: Use): number | null => (resource === 'cpu' ? p95 : peak)
const needWords = { cpu: 'p95', memory: 'peak' } as const

function proposalFor(resource: Resource, need: number): number {
  const { step, smallest } = steps[resource]
  return Math.max(smallest, Math.ceil((need * margin) / step) * step)
}

const consequence = {
  under: {
    cpu: 'when its node is busy it gets its request and no more',
    memory: 'when its node runs short it is evicted before others',
  },
  near_limit: { cpu: 'it is throttled', memory: 'a little more, and it is killed (OOMKilled)' },
} as const

function verdictOf(use: Use, need: number): Verdict {
  const { resource, request, limit } = use
  const proposed = proposalFor(resource, need)
  const seen = `${needWords[resource]} ${figure(resource, need)}`
  const told = (verdict: RequestVerdict, text: string): Verdict => ({
    verdict,
    proposed: verdict === 'fits' ? null : proposed,
    words: text,
  })
  if (limit !== null && need >= limit * nearLimit)
    return told(
      'near_limit',
      `${seen} is close to its ${words[resource]} limit of ${figure(resource, limit)}: ${consequence.near_limit[resource]}`,
    )
  if (request === null)
    return told('no_request', `no ${words[resource]} request, and ${seen}: the scheduler places it blindly`)
  if (need > request)
    return told(
      'under',
      `${seen} is above its ${words[resource]} request of ${figure(resource, request)}: ${consequence.under[resource]}`,
    )
  if (request > proposed * tooLarge && request - proposed >= steps[resource].spared)
    return told(
      'over',
      `its ${words[resource]} request of ${figure(resource, request)} is far above its ${seen}: ${figure(resource, request - proposed)} that others could have`,
    )
  return told('fits', `${seen} fits its ${words[resource]} request of ${figure(resource, request)}`)
}

const minuteOf = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
const hours = (ms: number): string => {
  const whole = Math.floor(ms / 3_600_000)
  return whole === 0 ? 'less than an hour' : whole === 1 ? '1 hour' : `${whole} hours`
}
const count = (samples: number): string =>
  samples === 1 ? '1 sample' : `${samples.toLocaleString('en')} samples`

function judge(
  requests: ContainerRequests,
  resource: Resource,
  digest: UsageDigest | null,
): RequestJudgement {
  const { request, limit } = requests[resource]
  if (digest === null)
    return {
      resource,
      request,
      limit,
      p95: null,
      peak: null,
      proposed: null,
      verdict: 'not_enough',
      words: `no sample of its ${words[resource]} yet; a day and ${enough.samples} samples are needed`,
      evidence: 'no sample',
    }
  const unit = histogramUnit[resource]
  const peak = resource === 'cpu' ? digest.cpuMaxMillis : digest.memoryMaxBytes
  const found = percentile(digest[resource], 0.95)
  // The end of a bucket may lie above the largest of its samples.
  const p95 = found === null ? peak : Math.min(peak, found * unit)
  const use: Use = { resource, request, limit, p95, peak }
  const evidence = `${needWords[resource]} of ${count(digest.samples)} since ${minuteOf(digest.firstAt)}`
  const span = Date.parse(digest.lastAt) - Date.parse(digest.firstAt)
  if (digest.samples < enough.samples || span < enough.spanMs)
    return {
      ...use,
      verdict: 'not_enough',
      proposed: null,
      words: `${count(digest.samples)} over ${hours(span)}; a day and ${enough.samples} samples are needed`,
      evidence,
    }
  return { ...use, ...verdictOf(use, needOf(use) ?? 0), evidence }
}

/** Pure: whether a container's requests and limits suit what it was seen to use. `digest` null: it was never seen. */
export const judgeRequests = (requests: ContainerRequests, digest: UsageDigest | null): ContainerUsage => ({
  container: requests.container,
  resources: [judge(requests, 'cpu', digest), judge(requests, 'memory', digest)],
})
