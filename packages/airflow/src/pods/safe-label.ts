import crypto from 'node:crypto'

const longest = 63

/**
 * A value as Airflow writes it into a label of a pod: what a label can't hold is left out, and what was changed carries a
 * hash of the whole. Upstream: airflow/providers/cncf/kubernetes/pod_generator.py, make_safe_label_value.
 */
export function safeLabel(value: string): string {
  const safe = value.replaceAll(/^[^a-z0-9A-Z]*|[^a-zA-Z0-9_\-.]|[^a-z0-9A-Z]*$/g, '')
  if (safe === value && safe.length <= longest) return safe
  const hash = crypto.createHash('md5').update(value).digest('hex').slice(0, 9)
  return `${safe.slice(0, longest - hash.length - 1)}-${hash}`
}

/** Whether a label may stand for another value than its own text. */
export const mayBeHashed = (label: string): boolean => /-[0-9a-f]{9}$/.test(label)
