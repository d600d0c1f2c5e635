import { z } from 'zod'

/** What a stage's verified release says beside what its clusters hold. */
export const driftStates = {
  in_sync: { word: 'In sync' },
  drifted: { word: 'Drifted' },
  unknown: { word: 'Not known' },
} as const satisfies Record<string, { word: string }>
export type DriftState = keyof typeof driftStates
export const driftStateNames = Object.keys(driftStates) as [DriftState, ...DriftState[]]

/** `detect`: it is shown, and somebody decides. `heal`: what people's tools changed is put back by itself. */
export const driftModeSchema = z.enum(['detect', 'heal'])
export type DriftMode = z.infer<typeof driftModeSchema>

/** For lists. */
export interface DriftSummary {
  readonly state: DriftState
  readonly objects: number
  readonly since: string | null
}
