import type { Comparison, Difference } from '@fairlead/contracts/pod-why'
import type { Evaluation } from './run-filters'

export type Counts = ReadonlyMap<string, number>

export function countsOf(texts: readonly string[]): Counts {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}

/** kube-scheduler's form; it sorts the counted texts as text. */
export function formOf(nodes: number, counts: Counts): string {
  const parts = [...counts].map(([text, count]) => `${count} ${text}`).toSorted()
  const list = parts.length === 0 ? '' : ` ${parts.join(', ')}.`
  return `0/${nodes} nodes are available:${list}`
}

/** What the scheduler would say of this evaluation. */
export function messageOf(nodes: number, { blocked, refused }: Evaluation): string {
  if (blocked !== null) return `0/${nodes} nodes are available: ${blocked.message}.`
  return formOf(nodes, countsOf(refused.flatMap(({ reasons }) => reasons.map(({ message }) => message))))
}

export interface ParsedMessage {
  readonly nodes: number
  /** A text without a number refuses the pod as a whole: counted 0. */
  readonly counts: Counts
  readonly preemption: string | null
  /** Events hold 1024 bytes; what came after is not known. */
  readonly cut: boolean
}

const shape = /^0\/(\d+) nodes are available: (.*)$/s
const afterthought = / ?(?:[^.,]*, )?preemption: (.*)$/s

function readCounts(list: string): Counts {
  return new Map(
    list
      .split(/, (?=\d+ )/)
      .filter((part) => part !== '')
      .map((part) => {
        const counted = /^(\d+) (.*)$/s.exec(part)
        return counted === null ? ([part, 0] as const) : ([counted[2] ?? '', Number(counted[1])] as const)
      }),
  )
}

const withoutStop = (text: string): string => text.trimEnd().replace(/\.$/, '')

/** null for a message of another form: an error of the scheduler, or another scheduler's words. */
export function parseMessage(message: string): ParsedMessage | null {
  const found = shape.exec(message)
  if (found === null) return null
  const all = found[2] ?? ''
  const cut = all.endsWith(' ...')
  const second = afterthought.exec(all)
  // The device filter's own afterthoughts: nothing to free, or nothing remembered where nodes were not even looked at.
  const first =
    second === null
      ? all.replace(/\. (not found|no new claims to deallocate)$/, '.')
      : all.slice(0, second.index)
  return {
    nodes: Number(found[1]),
    counts: readCounts(withoutStop(cut && second === null ? first.replace(/(, [^,]*)? \.\.\.$/, '') : first)),
    preemption: second?.[1] ?? null,
    cut,
  }
}

/** Up to 1.34 each taint was named, `untolerated taint {k: v}`; since 1.35 they are counted together. */
function sameTaintWords(counts: Counts): Counts {
  const told = new Map<string, number>()
  for (const [text, count] of counts) {
    const common = text.replace(
      /^node\(s\) had untolerated taint(\(s\)| \{.*\})$/s,
      'node(s) had untolerated taint(s)',
    )
    told.set(common, (told.get(common) ?? 0) + count)
  }
  return told
}

function differencesOf(theirs: ParsedMessage, ours: ParsedMessage): Difference[] {
  const scheduler = sameTaintWords(theirs.counts)
  const fairlead = sameTaintWords(ours.counts)
  const texts = [...new Set([...scheduler.keys(), ...(theirs.cut ? [] : fairlead.keys())])]
  const counted = texts
    .map((text) => ({ text, scheduler: scheduler.get(text) ?? null, fairlead: fairlead.get(text) ?? null }))
    .filter((each) => each.scheduler !== each.fairlead)
  if (theirs.nodes === ours.nodes) return counted
  return [{ text: 'nodes', scheduler: theirs.nodes, fairlead: ours.nodes }, ...counted]
}

/** The scheduler's second look is compared only where both tell of one. */
function preemptionDiffers(theirs: ParsedMessage, ours: string | null): Difference[] {
  if (theirs.preemption === null || ours === null || theirs.cut) return []
  const [left, right] = [parseMessage(theirs.preemption), parseMessage(ours)]
  if (left !== null && right !== null)
    return differencesOf(left, right).map((each) => ({ ...each, text: `preemption: ${each.text}` }))
  if (withoutStop(theirs.preemption) === withoutStop(ours)) return []
  return [
    { text: `preemption: ${withoutStop(theirs.preemption)}`, scheduler: 0, fairlead: null },
    { text: `preemption: ${withoutStop(ours)}`, scheduler: null, fairlead: 0 },
  ]
}

type Said = NonNullable<Comparison['scheduler']>

export function compare(said: Said | null, ours: string, preemption: string | null): Comparison {
  if (said === null) return { verdict: 'nothing_to_compare', differences: [], scheduler: null }
  const theirs = parseMessage(said.message)
  const own = parseMessage(ours)
  if (theirs === null || own === null)
    return {
      verdict: 'differ',
      differences: [{ text: withoutStop(said.message), scheduler: 0, fairlead: null }],
      scheduler: said,
    }
  const differences = [...differencesOf(theirs, own), ...preemptionDiffers(theirs, preemption)]
  return { verdict: differences.length === 0 ? 'agree' : 'differ', differences, scheduler: said }
}
