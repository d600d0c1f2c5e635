import type { AttemptLogs } from '@fairlead/contracts/task-runner'
import { isFairleadError } from '@fairlead/contracts/errors'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { podLogs } from '@fairlead/kube/logs'
import { isPodEnd } from './verdict'
import type { PodSummary } from './summaries'

type Line = AttemptLogs['lines'][number]

/** Up to where was read: a time with nine digits of a second, and how many lines of that very time. */
interface Position {
  readonly at: string
  readonly lines: number
}

const start: Position = { at: '', lines: 0 }
const firstLimitBytes = 1024 * 1024
/** A single second with more than this is read in part: the API server finds lines by whole seconds only. */
const lastLimitBytes = 16 * 1024 * 1024

const positionOf = (cursor: string | null): Position => {
  const [at = '', lines = '0'] = (cursor ?? '').split('/')
  return { at, lines: Number(lines) || 0 }
}
const cursorOf = ({ at, lines }: Position): string => `${at}/${lines}`

/** Kubelets leave trailing zeros out, which breaks the order of texts. */
const comparable = (at: string): string => {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?Z$/.exec(at)
  return match === null ? at : `${match[1]}.${(match[2] ?? '').padEnd(9, '0')}`
}

/** What follows `position`. A line without a time belongs to the one before it. Pure. */
export function linesAfter(
  lines: readonly Line[],
  position: Position,
): { fresh: readonly Line[]; reached: Position } {
  const fresh: Line[] = []
  let { at: reachedAt, lines: reachedLines } = position
  let at = ''
  let atThisTime = 0
  for (const line of lines) {
    const time = line.at === null ? at : comparable(line.at)
    atThisTime = time === at ? atThisTime + 1 : 1
    at = time
    if (at < position.at || (at === position.at && atThisTime <= position.lines)) continue
    fresh.push(line)
    reachedAt = at
    reachedLines = atThisTime
  }
  return { fresh, reached: { at: reachedAt, lines: reachedLines } }
}

/** The container's own lines after `cursor`; the cursor is null once the pod has ended and everything was read. */
export async function readLogs(
  client: KubeClient,
  pod: PodSummary,
  cursor: string | null,
): Promise<AttemptLogs> {
  const position = cursor === null ? start : positionOf(cursor)
  const ended = isPodEnd(pod)
  const never = pod.main === null || (pod.main.state === 'waiting' && !ended)
  if (never) return { lines: [], cursor: ended ? null : cursorOf(position) }
  try {
    for (let limitBytes = firstLimitBytes; ; limitBytes *= 4) {
      const page = await readPage(client, { pod, position, limitBytes })
      const { fresh, reached } = linesAfter(page.lines, position)
      if (page.whole) return { lines: fresh, cursor: ended ? null : cursorOf(reached) }
      if (fresh.length > 0) return { lines: fresh, cursor: cursorOf(reached) }
      if (limitBytes >= lastLimitBytes) return { lines: [], cursor: ended ? null : cursorOf(position) }
    }
  } catch (error) {
    // The container waits to start, or its logs went with its pod: the one comes later, the other never.
    if (!isFairleadError(error) || !['cluster_refused', 'not_found'].includes(error.code)) throw error
    return { lines: [], cursor: ended || error.code === 'not_found' ? null : cursorOf(position) }
  }
}

async function readPage(
  client: KubeClient,
  { pod, position, limitBytes }: { pod: PodSummary; position: Position; limitBytes: number },
): Promise<{ lines: readonly Line[]; whole: boolean }> {
  const found = await podLogs(client, {
    namespace: pod.namespace,
    pod: pod.name,
    container: pod.mainName,
    limitBytes,
    ...(position.at === '' ? {} : { sinceTime: `${position.at.slice(0, 19)}Z` }),
  })
  const bytes = found.reduce((sum, { at, text }) => sum + Buffer.byteLength(text) + (at?.length ?? 0) + 2, 0)
  const whole = bytes < limitBytes - lineSlackBytes
  const lines = found.map(({ at, text }) => ({ at, text }))
  // The last line of a page that was cut off may be cut too: it comes again with the next.
  return { lines: whole ? lines : lines.slice(0, -1), whole }
}

/** Empty lines and line ends aren't counted exactly. */
const lineSlackBytes = 64
