/**
 * Why a workload's pods are not even made: the API server refused them, and their controller keeps its words in a
 * ReplicaFailure condition or a FailedCreate event. Pure: such a message in, a reason with its figures out.
 */
import type { CreationRefusal, QuotaShortage } from '@fairlead/contracts/pod-why'

const quantities = (list: string): ReadonlyMap<string, string> =>
  new Map(
    list.split(',').flatMap((pair) => {
      const at = pair.lastIndexOf('=')
      return at < 0 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const]
    }),
  )

function shortagesOf(requested: string, used: string, limited: string): QuotaShortage[] {
  const [have, most] = [quantities(used), quantities(limited)]
  return [...quantities(requested)].map(([resource, wanted]) => ({
    resource,
    requested: wanted,
    used: have.get(resource) ?? '?',
    limited: most.get(resource) ?? '?',
  }))
}

const exceeded = /exceeded quota: ([^,]+), requested: (.*?), used: (.*?), limited: (.*?)(?:$|\s\()/
const mustSay = /failed quota: ([^:]+): must specify (.+)$/
const webhook = /admission webhook "([^"]+)" denied the request(?:: (.*))?$/s
const unreached = /failed calling webhook "([^"]+)": (.*)$/s
const security = /violates PodSecurity "([^"]+)": (.*)$/s
const policy = /ValidatingAdmissionPolicy '([^']+)' with binding '[^']+' denied request: (.*)$/s
const range = /((?:minimum|maximum) [\w.-]+ usage per \w+ is [^.]+)/
const account = /error looking up service account ([^:]+): .*not found/
const priority = /no PriorityClass with name (\S+) was found/

const short = (text: string): string => text.trim().slice(0, 300)

type Reader = (message: string) => Omit<CreationRefusal, 'said'> | null

const reading =
  (pattern: RegExp, read: (...groups: string[]) => Omit<CreationRefusal, 'said'>): Reader =>
  (message) => {
    const found = pattern.exec(message)
    return found === null ? null : read(...found.slice(1).map((group) => group ?? ''))
  }

/** First that recognises the message. */
const readers: readonly Reader[] = [
  reading(exceeded, (quota, requested, used, limited) => {
    const quotas = shortagesOf(requested ?? '', used ?? '', limited ?? '')
    const words = quotas.map(
      (each) => `${each.resource}: ${each.requested} more asked, ${each.used} of ${each.limited} used`,
    )
    return {
      code: 'quota',
      words: `The quota ${quota} of its namespace is used up (${words.join('; ')}).`,
      remedy: 'Raise the ResourceQuota, or have something in the namespace request less.',
      quotas,
    }
  }),
  reading(mustSay, (quota, what) => ({
    code: 'quota',
    words: `The quota ${quota} of its namespace asks every pod to state ${what}, and it does not.`,
    remedy: 'Set these requests or limits, or give the namespace a LimitRange with defaults.',
    quotas: [],
  })),
  reading(webhook, (name, reason) => ({
    code: 'webhook',
    words: `The admission webhook ${name} refused it${reason === '' ? '' : `: ${short(reason ?? '')}`}.`,
    remedy: null,
    quotas: [],
  })),
  reading(unreached, (name, reason) => ({
    code: 'webhook_down',
    words: `The admission webhook ${name} could not be asked: ${short(reason ?? '')}.`,
    remedy:
      'Bring the webhook back; nothing that it judges can be made before, as its failurePolicy is Fail.',
    quotas: [],
  })),
  reading(security, (level, reason) => ({
    code: 'pod_security',
    words: `Its namespace enforces the pod security level ${level}, which forbids: ${short(reason ?? '')}.`,
    remedy: 'Set the securityContext that the level asks for.',
    quotas: [],
  })),
  reading(policy, (name, reason) => ({
    code: 'policy',
    words: `The admission policy ${name} refused it: ${short(reason ?? '')}.`,
    remedy: null,
    quotas: [],
  })),
  reading(range, (rule) => ({
    code: 'limit_range',
    words: `A LimitRange of its namespace refused it: ${rule}.`,
    remedy: 'Bring requests and limits within the range.',
    quotas: [],
  })),
  reading(account, (name) => ({
    code: 'service_account',
    words: `The service account ${name} does not exist.`,
    remedy: 'Create it, or name another one in the pod template.',
    quotas: [],
  })),
  reading(priority, (name) => ({
    code: 'priority_class',
    words: `The PriorityClass ${name} does not exist.`,
    remedy: 'Create it, or name another one in the pod template.',
    quotas: [],
  })),
]

export function explainCreation(message: string): CreationRefusal {
  for (const read of readers) {
    const found = read(message)
    if (found !== null) return { ...found, said: message }
  }
  return {
    code: 'refused',
    words: `The API server refused its pods: ${short(message)}`,
    remedy: null,
    quotas: [],
    said: message,
  }
}
