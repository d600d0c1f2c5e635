import type { CrashFinding } from '@fairlead/contracts/pod-why'
import { recordIn, recordsIn, textIn, type Loose } from '@fairlead/contracts/loose-json'

const finding = (code: CrashFinding['code'], words: string, remedy: string | null): CrashFinding => ({
  code,
  container: null,
  words,
  remedy,
  details: {},
})

/** What the kubelet says of an eviction. Upstream: pkg/kubelet/eviction/helpers.go and eviction_manager.go. */
const remedies: readonly { readonly says: RegExp; readonly remedy: string }[] = [
  {
    says: /exceeds the (?:total )?limit|exceeded its local ephemeral storage limit/i,
    remedy: 'Raise that limit (ephemeral-storage, or the sizeLimit of the emptyDir), or have it write less.',
  },
  {
    says: /low on resource: (?:ephemeral-storage|inodes)/i,
    remedy:
      'Request ephemeral-storage near what it really writes, and keep what is large on a volume: pods far above theirs are evicted first.',
  },
  {
    says: /low on resource: pids/i,
    remedy: 'Find what starts so many processes on that node.',
  },
]
const byRequests = 'Set requests near what it really uses: pods far above theirs are evicted first.'

/** Admitted by nobody: a node that had no room for it when it came, which the scheduler did not know. */
const rejections =
  /^(?:OutOf\w+|NodeAffinity|NodeShutdown|UnexpectedAdmissionError|Preempting|TopologyAffinityError)$/

/** Upstream: k8s.io/api/core/v1, PodReasonTerminationByKubelet and its kin. */
const disruptions: Readonly<Record<string, string>> = {
  PreemptionByScheduler: 'It had to make room for a pod of a higher priority',
  EvictionByEvictionAPI: 'It was evicted by a request, as a drain of its node does',
  DeletionByTaintManager: 'A taint of its node drove it out',
  DeletionByPodGC: 'Its node is gone, and it was removed',
  TerminationByKubelet: 'Its node ended it',
}

function evictedByNode(message: string): CrashFinding {
  const { remedy = byRequests } = remedies.find(({ says }) => says.test(message)) ?? {}
  return finding('evicted', `The node evicted it: ${message || 'it gave no reason'}`, remedy)
}

function disrupted({ reason, message }: Loose): CrashFinding {
  const said = textIn(message).trim()
  const words = disruptions[textIn(reason)] ?? `It had to go (${textIn(reason)})`
  return finding('evicted', said === '' ? `${words}.` : `${words}: ${said}`, null)
}

/** What took the pod away as a whole; null: nothing did. */
export function takenAway(pod: unknown): CrashFinding | null {
  const status = recordIn(recordIn(pod)['status'])
  const [reason, message] = [textIn(status['reason']), textIn(status['message']).trim()]
  if (reason === 'Evicted') return evictedByNode(message)
  if (reason === 'DeadlineExceeded')
    return finding('deadline', 'It ran longer than its activeDeadlineSeconds and was ended.', null)
  if (reason === 'NodeLost' || status['phase'] === 'Unknown')
    return finding('node_lost', 'Its node does not report; whether it runs is not known.', null)
  if (status['phase'] === 'Failed' && rejections.test(reason))
    return finding(
      'rejected',
      `Its node did not take it in (${reason}): ${message || 'it gave no reason'}`,
      'What made it makes another; where that goes on, the node has less room than the scheduler believes.',
    )
  const condition = recordsIn(status['conditions']).find(
    ({ type, status: now }) => type === 'DisruptionTarget' && now === 'True',
  )
  return condition === undefined ? null : disrupted(condition)
}

/** Ends of containers that only follow from it: SIGTERM, then SIGKILL, and what nobody could look at any more. */
export const isConsequence = ({ code, container }: CrashFinding): boolean =>
  container !== null && (code === 'killed' || code === 'terminated' || code === 'end_unknown')
