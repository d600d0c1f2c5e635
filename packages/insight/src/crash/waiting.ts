import type { CrashCode, CrashFinding } from '@fairlead/contracts/pod-why'
import type { ContainerFacts } from './container-facts'
import { newest, type PodEvent } from './pod-events'

const finding = (
  code: CrashCode,
  container: ContainerFacts,
  said: { words: string; remedy?: string; details?: CrashFinding['details'] },
): CrashFinding => ({
  code,
  container: container.name,
  words: `${container.name}: ${said.words}`,
  remedy: said.remedy ?? null,
  details: said.details ?? {},
})

/** First cause that matches; what registries and runtimes say. */
const pullCauses: readonly { readonly says: RegExp; readonly words: string; readonly remedy: string }[] = [
  {
    says: /toomanyrequests|rate limit|429/i,
    words: 'the registry limits how often it may be asked',
    remedy: 'Pull with credentials, or through a mirror.',
  },
  {
    says: /x509|certificate/i,
    words: "the registry's certificate is not trusted by the node",
    remedy: 'Give the certificate authority to the container runtime of the nodes.',
  },
  {
    says: /no such host|i\/o timeout|connection refused|dial tcp|network is unreachable|deadline exceeded/i,
    words: 'the registry cannot be reached from the node',
    remedy: 'Check the name of the registry, DNS and the network of the node.',
  },
  {
    says: /not found|manifest unknown|name unknown|does not exist.*tag/i,
    words: 'the image or its tag does not exist there',
    remedy: 'Check name and tag; registries also say so to those who may not see the image.',
  },
  {
    says: /unauthorized|denied|authentication required|forbidden|401|403/i,
    words: 'the registry does not let the node read it',
    remedy: 'Check imagePullSecrets of the pod or of its service account.',
  },
  {
    says: /no match for platform|exec format/i,
    words: 'the image is not built for the architecture of the node',
    remedy: 'Build it for this architecture, or select nodes that fit.',
  },
]

function pull(container: ContainerFacts, message: string, events: readonly PodEvent[]): CrashFinding {
  const { image, waiting } = container
  const event = newest(events, { reason: 'Failed', container: container.name, says: /pull/i })
  const told = /ErrImagePull|rpc error|failed to/i.test(message) ? message : (event?.message ?? message)
  if (waiting?.reason === 'InvalidImageName')
    return finding('image_pull', container, {
      words: `"${image}" is no image reference`,
      remedy: 'Write it as registry/name:tag.',
    })
  if (waiting?.reason === 'ErrImageNeverPull')
    return finding('image_pull', container, {
      words: `the image ${image} is not on the node, and imagePullPolicy Never forbids to pull it`,
    })
  const cause = pullCauses.find(({ says }) => says.test(told))
  return finding('image_pull', container, {
    words: `the image ${image} cannot be pulled: ${cause?.words ?? (told.slice(0, 300) || 'the runtime gave no reason')}`,
    ...(cause === undefined ? {} : { remedy: cause.remedy }),
    details: { image, said: told.slice(0, 500) },
  })
}

function config(container: ContainerFacts, message: string): CrashFinding {
  const missing = /^(configmap|secret) "([^"]+)" not found/i.exec(message)
  const key = /couldn't find key (\S+) in (ConfigMap|Secret) (\S+)/i.exec(message)
  if (missing !== null)
    return finding('config', container, {
      words: `the ${missing[1]?.toLowerCase() === 'secret' ? 'Secret' : 'ConfigMap'} ${missing[2]} does not exist in its namespace`,
      remedy: 'Create it, or mark the reference optional.',
      details: { object: missing[2] ?? '' },
    })
  if (key !== null)
    return finding('config', container, {
      words: `the ${key[2]} ${key[3]} has no key ${key[1]}`,
      remedy: 'Add the key, or mark the reference optional.',
      details: { object: key[3] ?? '', key: key[1] ?? '' },
    })
  const asRoot = /runAsNonRoot/.test(message)
  return finding('config', container, {
    words: message.slice(0, 300) || 'its configuration cannot be resolved',
    ...(asRoot ? { remedy: 'Set runAsUser to a number that is not 0, or have the image name one.' } : {}),
  })
}

const unitMs: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 }

/** Go's `1m20s` in milliseconds. */
export const goDurationMs = (text: string): number =>
  [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (unitMs[unit ?? ''] ?? 0),
    0,
  )

const inWords = (ms: number): string => {
  const total = Math.round(ms / 1000)
  return total < 60 ? `${total} s` : `${Math.floor(total / 60)} min ${total % 60} s`
}

/** The kubelet doubles from 10 s to 5 min and says the present delay in its message. */
function backOff(container: ContainerFacts, message: string, now: Date): CrashFinding {
  const stated = /back-off (\S+) restarting/.exec(message)?.[1]
  const delayMs =
    stated === undefined
      ? Math.min(300_000, 10_000 * 2 ** Math.max(0, container.restarts - 1))
      : goDurationMs(stated)
  const since = container.lastEnded?.finishedAt ?? null
  const nextMs = since === null ? null : Date.parse(since) + delayMs - now.getTime()
  const next = nextMs === null ? '' : nextMs <= 0 ? ', which is due now' : `, in about ${inWords(nextMs)}`
  return finding('back_off', container, {
    words: `it ended ${container.restarts === 1 ? 'once' : `${container.restarts} times`} before; the kubelet waits ${inWords(delayMs)} before the next start${next}`,
    details: {
      restarts: container.restarts,
      delaySeconds: Math.round(delayMs / 1000),
      ...(since === null ? {} : { nextStartAt: new Date(Date.parse(since) + delayMs).toISOString() }),
    },
  })
}

const pulling = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'RegistryUnavailable',
  'ImageInspectError',
])

/** Why a container waits; null for what is only on its way. */
export function waitingFinding(
  container: ContainerFacts,
  events: readonly PodEvent[],
  now: Date,
): CrashFinding | null {
  const { waiting } = container
  if (waiting === null) return null
  const { reason, message } = waiting
  if (pulling.has(reason)) return pull(container, message, events)
  if (reason === 'CreateContainerConfigError') return config(container, message)
  if (reason === 'CrashLoopBackOff') return backOff(container, message, now)
  if (reason === '' || reason === 'ContainerCreating' || reason === 'PodInitializing') return null
  return finding('start_failed', container, {
    words: `${reason}${message === '' ? '' : `: ${message.slice(0, 300)}`}`,
  })
}
