import type { RolloutView } from '@fairlead/contracts/rollout'
import { Timeline } from '@fairlead/ui/timeline'
import type { Tone } from '@fairlead/ui/tone'

/** Kinds of entries are open: what is not known here is shown without a colour. */
const toneOf = (kind: string): Tone => {
  if (/fail|reject|denied|deadline|rolled_back|rolling_back|evidence/.test(kind)) return 'failing'
  if (/converged|approved|succeeded|verified/.test(kind)) return 'ok'
  if (/await|wait|approval|hold/.test(kind)) return 'waiting'
  if (/pause/.test(kind)) return 'paused'
  if (/appl|progress|start|plan|resume/.test(kind)) return 'progress'
  return 'neutral'
}

export function RolloutTimeline({ timeline }: { timeline: RolloutView['timeline'] }) {
  if (timeline.length === 0) return <p className="text-sm text-muted">Nothing has happened yet.</p>
  const events = timeline
    .map((entry, index) => ({
      id: String(index),
      at: entry.at,
      title: entry.message,
      tone: toneOf(entry.kind),
      detail: [entry.stage, entry.cluster].filter((part) => part !== null).join(' · ') || undefined,
    }))
    .reverse()
  return <Timeline label="What happened" events={events} />
}
