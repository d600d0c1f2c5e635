import { kindOfWord, type WatchedKind } from '@fairlead/contracts/kinds'

const usual: WatchedKind[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'Service',
  'Ingress',
  'Gateway',
  'HTTPRoute',
  'ConfigMap',
  'PersistentVolumeClaim',
  'Namespace',
  'Pod',
  'Node',
]
/** Fewer would find everything. */
export const leastLetters = 2

/** `deploy web` → Deployments with "web" in their name; `web` → any of the usual kinds; null where too little is said. */
export function objectQueryOf(text: string): { kinds: WatchedKind[]; search: string } | null {
  const [first = '', ...rest] = text.trim().split(/\s+/)
  const kind = kindOfWord(first)
  if (kind !== undefined) return { kinds: [kind], search: rest.join(' ') }
  const search = text.trim()
  return search.length < leastLetters ? null : { kinds: usual, search }
}
