import type { EpisodeStageName, EpisodeStageState } from '@fairlead/contracts/reconciliation'
import type { Tone } from '@fairlead/ui/tone'

export const stageWords: Readonly<Record<EpisodeStageName, string>> = {
  accepted: 'Accepted',
  scheduled: 'Scheduled',
  pulled: 'Images pulled',
  started: 'Started',
  ready: 'Ready',
  endpoint: 'In its endpoints',
}

export const stageLooks: Readonly<Record<EpisodeStageState, { readonly tone: Tone; readonly word: string }>> =
  {
    reached: { tone: 'ok', word: 'Reached' },
    waiting: { tone: 'progress', word: 'Waiting' },
    unknown: { tone: 'unknown', word: 'Unknown' },
    none: { tone: 'neutral', word: 'Nothing to do' },
  }
