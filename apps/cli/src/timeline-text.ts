import {
  episodeStageNames,
  type EpisodeStage,
  type EpisodeTimeline,
  type WorkloadTimeline,
} from '@fairlead/contracts/reconciliation'
import { age, table } from './output'

const seconds = (ms: number | null): string => (ms === null ? '-' : `${(ms / 1000).toFixed(1)}s`)

/** Seconds after the opening; `?` is not known, `-` had not to be done, `…` has not happened yet. */
function cell(openedAt: string, stage: EpisodeStage | undefined): string {
  if (stage === undefined || stage.state === 'unknown') return '?'
  if (stage.state === 'waiting') return '…'
  if (stage.at === null) return '-'
  return `+${seconds(Math.max(0, Date.parse(stage.at) - Date.parse(openedAt)))}`
}

const endOf = ({ closedAt, durationMs }: EpisodeTimeline): string =>
  closedAt === null ? 'going on' : durationMs === null ? '?' : seconds(durationMs)

/** For people; `--json` gives the answer as it is. */
export function timelineText({ episodes, times }: WorkloadTimeline, now = Date.now()): string {
  if (episodes.length === 0) return 'Actual and desired have not parted since Fairlead watches.'
  const unwatched = times.unobserved === 0 ? '' : `; ${times.unobserved} not watched to the end`
  const told = `Time to converge over ${times.episodes}: median ${seconds(times.p50Ms)}, 90 % ${seconds(times.p90Ms)}, 99 % ${seconds(times.p99Ms)}, slowest ${seconds(times.slowestMs)}${unwatched}`
  const rows = episodes.map((episode) => [
    `${age(episode.openedAt, now)} ago`,
    ...episodeStageNames.map((name) =>
      cell(
        episode.openedAt,
        episode.stages.find(({ stage }) => stage === name),
      ),
    ),
    endOf(episode),
    episode.reason,
  ])
  return [told, '', table(['opened', ...episodeStageNames, 'converged', 'why'], rows)].join('\n')
}
