import type { AttemptView } from '@fairlead/contracts/workflow'

const safe = /^[\w./:@%+=-]+$/
const quoted = (word: string): string =>
  safe.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`

/** The Job of an attempt in kubectl's words, complete enough to paste. */
export function jobCommand({ cluster, key, spec }: Pick<AttemptView, 'cluster' | 'key' | 'spec'>): string {
  const namespace = typeof spec['namespace'] === 'string' ? ` -n ${quoted(spec['namespace'])}` : ''
  return `kubectl --context ${quoted(cluster)}${namespace} get job ${quoted(key)}`
}
