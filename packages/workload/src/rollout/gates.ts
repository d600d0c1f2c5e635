import type { StageSpec } from '@fairlead/contracts/application'
import type { GateRefusal, GateRun } from '@fairlead/contracts/gates'
import { gateStates, type GateState } from '@fairlead/contracts/rollout-states'
import { z } from 'zod'

export type GateTime = 'before' | 'after'

/** One workflow of a stage, and how its run stands as far as anyone looked. */
export interface GateObservation {
  readonly when: GateTime
  readonly position: number
  readonly workflow: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly run: string | null
  readonly number: number | null
  readonly state: GateState
  readonly reason: string
}

/** RolloutStage.gates: those whose turn has come. */
const notesSchema = z
  .array(
    z.object({
      when: z.enum(['before', 'after']),
      position: z.number(),
      workflow: z.string(),
      run: z.string().nullable(),
      number: z.number().nullable(),
      state: z.enum(Object.keys(gateStates) as [GateState, ...GateState[]]),
      reason: z.string(),
    }),
  )
  .catch([])
export type GateNote = z.infer<typeof notesSchema>[number]
export const notesOf = (column: unknown): readonly GateNote[] => notesSchema.parse(column)

/** The workflows that the stage asks for, in their order, with what is known of each. */
export function gatesOf(spec: Pick<StageSpec, 'before' | 'after'>, column: unknown): GateObservation[] {
  const notes = notesOf(column)
  return (['before', 'after'] as const).flatMap((when) =>
    spec[when].map(({ workflow, parameters }, position): GateObservation => {
      const note = notes.find((each) => each.when === when && each.position === position)
      const nothing = { run: null, number: null, state: 'not_started' as const, reason: '' }
      return { ...nothing, ...note, when, position, workflow, parameters }
    }),
  )
}

export const notesFor = (gates: readonly GateObservation[]): readonly GateNote[] =>
  gates.filter(({ state }) => state !== 'not_started').map(({ parameters: _, ...note }) => note)

/** One run per workflow of a stage of a rollout, however often it is asked for. */
export const gateKey = (rolloutId: string, stage: string, { when, position }: GateObservation): string =>
  `rollout/${rolloutId}/${stage}/${when}/${position}`

export const answered = (gate: GateObservation, answer: GateRun | GateRefusal): GateObservation =>
  answer.kind === 'refused'
    ? { ...gate, state: 'refused', reason: answer.reason }
    : { ...gate, run: answer.id, number: answer.number, state: answer.state, reason: answer.reason }

/** The first that hasn't succeeded: they run one after the other. Undefined when the way is free. */
export const nextGate = (
  { gates }: { readonly gates: readonly GateObservation[] },
  when: GateTime,
): GateObservation | undefined => gates.find((gate) => gate.when === when && gate.state !== 'succeeded')

export const isOpenGate = ({ state }: Pick<GateNote, 'state'>): boolean => !gateStates[state].terminal

type Named = Pick<GateNote, 'workflow' | 'number'>
const nameOf = ({ workflow, number }: Named): string =>
  number === null ? workflow : `${workflow}, run ${number}`

export const gateWords = (gate: Pick<GateNote, 'when' | 'state'> & Named): string =>
  `Runs ${gate.when} it: ${nameOf(gate)}: ${gateStates[gate.state].word}`

/** What a rollout that ends leaves running; empty when nothing is. A run has its own Cancel. */
export const goesOnWords = (
  notes: readonly Pick<GateNote, 'workflow' | 'number' | 'state' | 'run'>[],
): string =>
  notes
    .filter((note) => note.run !== null && isOpenGate(note))
    .map((note) => `${nameOf(note)}, goes on; cancel it by itself if it should stop.`)
    .join(' ')

export const failureWords = (gate: GateObservation): string =>
  [`${nameOf(gate)}: ${gateStates[gate.state].word.toLowerCase()}.`, gate.reason].filter(Boolean).join(' ')
