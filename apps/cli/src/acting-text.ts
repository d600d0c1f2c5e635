import type { ActingView } from '@fairlead/contracts/acting'

export const actorWords = { fairlead: 'Fairlead itself', person: 'the person' } as const

/** How a cluster stands to acting as people, a line for each thing that its administrator has to know. */
export function actingText({ actAs, you, works, missing, reachesMasters }: ActingView): string {
  return [
    `acts as ${actorWords[actAs]}`,
    `you there: ${you.user}, in ${you.groups.length === 0 ? 'no group' : you.groups.join(', ')}`,
    works
      ? 'the cluster takes names from Fairlead'
      : `the cluster takes no names from Fairlead, missing: ${missing.join(', ')}`,
    ...(reachesMasters
      ? ['its right reaches system:masters too: guard its credential as an administrator’s']
      : []),
  ].join('\n')
}
