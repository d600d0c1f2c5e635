import type { ContainerUsage, RequestJudgement, RequestVerdict } from '@fairlead/contracts/usage'
import { Card } from '@fairlead/ui/card'
import { StatusMark } from '@fairlead/ui/status-mark'
import type { Tone } from '@fairlead/ui/tone'
import { bytesText, coresText } from '@/features/clusters/quantity'

const looks: Record<RequestVerdict, { tone: Tone; word: string }> = {
  fits: { tone: 'ok', word: 'Fits' },
  over: { tone: 'waiting', word: 'Over-requested' },
  under: { tone: 'progress', word: 'Under-requested' },
  near_limit: { tone: 'failing', word: 'Near its limit' },
  no_request: { tone: 'waiting', word: 'No request' },
  not_enough: { tone: 'unknown', word: 'Not enough data' },
}

const names = { cpu: 'CPU', memory: 'Memory' } as const
const texts = { cpu: coresText, memory: bytesText } as const

type RequestsCardProps = { containers: readonly ContainerUsage[]; notes: readonly string[] }

/** Each container's requests beside what it was seen to use, and what it would better request. */
export function RequestsCard({ containers, notes }: RequestsCardProps) {
  return (
    <Card
      flush
      title="Requests against observed use"
      description="CPU by the 95th percentile, memory by its peak, over all of its pods"
      footer={notes.length === 0 ? null : notes.join(' ')}
    >
      {containers.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">
          No container to judge: it has none yet, or its pods ask for their resources as a whole.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {containers.flatMap(({ container, resources }) =>
            resources.map((judged) => (
              <Judged key={`${container} ${judged.resource}`} container={container} judged={judged} />
            )),
          )}
        </ul>
      )}
    </Card>
  )
}

function Judged({ container, judged }: { container: string; judged: RequestJudgement }) {
  const { resource, verdict, request, limit, proposed, words, evidence } = judged
  const text = texts[resource]
  return (
    <li className="grid gap-x-4 gap-y-1 px-4 py-3 text-sm sm:grid-cols-[12rem_10rem_minmax(0,1fr)]">
      <p className="min-w-0">
        <span className="block truncate font-medium" title={container}>
          {container}
        </span>
        <span className="text-muted">{names[resource]}</span>
      </p>
      <div>
        <StatusMark {...looks[verdict]} />
      </div>
      <div className="min-w-0">
        <p className="tabular-nums">
          {request === null ? 'no request' : text(request)}
          {proposed === null ? null : (
            <>
              {' → '}
              <span className="font-medium">{text(proposed)} would do</span>
            </>
          )}
          <span className="text-faint">{limit === null ? ', no limit' : `, limit ${text(limit)}`}</span>
        </p>
        <p className="break-words first-letter:uppercase">{words}</p>
        <p className="text-xs text-muted">{evidence}</p>
      </div>
    </li>
  )
}
