import type { EpisodeStage, EpisodeTimeline } from '@fairlead/contracts/reconciliation'
import { StatusMark } from '@fairlead/ui/status-mark'
import { durationText, exactText } from '@fairlead/ui/time-text'
import { stageLooks, stageWords } from './stage-words'

/** Kubernetes counts whole seconds: a stage may seem to come before the opening that was watched. */
const sinceOpening = (openedAt: string, at: string): string =>
  `+${durationText(Math.max(0, Date.parse(at) - Date.parse(openedAt)))}`

export function EpisodeStages({ episode }: { episode: EpisodeTimeline }) {
  return (
    <>
      <table className="w-full text-sm">
        <thead className="text-left text-xs text-muted">
          <tr>
            <th scope="col" className="py-1 pr-3 font-medium">
              Stage
            </th>
            <th scope="col" className="py-1 pr-3 font-medium">
              State and why
            </th>
            <th scope="col" className="py-1 text-right font-medium">
              After
            </th>
          </tr>
        </thead>
        <tbody>
          {episode.stages.map((stage) => (
            <StageRow key={stage.stage} stage={stage} openedAt={episode.openedAt} />
          ))}
        </tbody>
      </table>
      {episode.gaps.map((gap) => (
        <p key={gap.from} className="mt-2 text-sm text-muted">
          Nobody looked from <time dateTime={gap.from}>{exactText(new Date(gap.from))}</time> for{' '}
          {durationText(Date.parse(gap.to) - Date.parse(gap.from))}: what happened then is not known, and its
          length is in no percentile.
        </p>
      ))}
    </>
  )
}

function StageRow({ stage, openedAt }: { stage: EpisodeStage; openedAt: string }) {
  const { tone, word } = stageLooks[stage.state]
  return (
    <tr className="border-t border-line align-baseline">
      <th scope="row" className="py-1.5 pr-3 text-left font-medium whitespace-nowrap">
        {stageWords[stage.stage]}
      </th>
      <td className="py-1.5 pr-3">
        <span className="flex flex-wrap gap-x-3">
          <StatusMark tone={tone} word={word} className="w-28 shrink-0" />
          <span className="min-w-0 text-muted">{stage.reason}</span>
        </span>
      </td>
      <td className="py-1.5 text-right whitespace-nowrap tabular-nums">
        {stage.at === null ? (
          <span className="text-faint">–</span>
        ) : (
          <time dateTime={stage.at} title={exactText(new Date(stage.at))}>
            {sinceOpening(openedAt, stage.at)}
          </time>
        )}
      </td>
    </tr>
  )
}
