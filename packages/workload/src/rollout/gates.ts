import type { StageSpec } from '@fairlead/contracts/application'
import { isMetric, trialOf } from '@fairlead/contracts/strategy'
import type { GateAnswer } from '@fairlead/contracts/gates'
import { gateStates, type GateState } from '@fairlead/contracts/rollout-states'
import { orderName, type GateOrder } from '@fairlead/contracts/stage-gates'
import { z } from 'zod'

/** `step`: the analysis of a canary's step, whose index is the position. */
export type GateTime = 'before' | 'step' | 'after'

/** One workflow or DAG of a stage, and how its run stands as far as anyone looked. */
export interface GateObservation {
  readonly when: GateTime
  readonly position: number
  readonly order: GateOrder
  /** What `order` is called. */
  readonly workflow: string
  readonly run: string | null
  readonly number: number | null
  readonly url: string | null
  /** Since when whoever has its run does not answer, ISO 8601. */
  readonly silentSince: string | null
  readonly state: GateState
  readonly reason: string
}

/** RolloutStage.gates: those whose turn has come. */
const notesSchema = z
  .array(
    z.object({
      when: z.enum(['before', 'step', 'after']),
      position: z.number(),
      workflow: z.string(),
      run: z.string().nullable(),
      number: z.number().nullable(),
      url: z.string().nullable().default(null),
      silentSince: z.string().nullable().default(null),
      state: z.enum(Object.keys(gateStates) as [GateState, ...GateState[]]),
      reason: z.string(),
    }),
  )
  .catch([])
export type GateNote = z.infer<typeof notesSchema>[number]
export const notesOf = (column: unknown): readonly GateNote[] => notesSchema.parse(column)

const nothing = {
  run: null,
  number: null,
  url: null,
  silentSince: null,
  state: 'not_started' as const,
  reason: '',
}

/** The workflows and DAGs that the stage asks for, in their order, with what is known of each. */
export function gatesOf(
  spec: Pick<StageSpec, 'before' | 'after' | 'strategy'>,
  column: unknown,
): GateObservation[] {
  const notes = notesOf(column)
  const gate = (when: GateTime, position: number, order: GateOrder): GateObservation => {
    const note = notes.find((each) => each.when === when && each.position === position)
    return { ...nothing, ...note, when, position, workflow: orderName(order), order }
  }
  const steps = trialOf(spec.strategy)?.steps ?? []
  return [
    ...spec.before.map((order, position) => gate('before', position, order)),
    ...steps.flatMap(({ analysis }, position) =>
      analysis === undefined || isMetric(analysis) ? [] : [gate('step', position, analysis)],
    ),
    ...spec.after.map((order, position) => gate('after', position, order)),
  ]
}

export const notesFor = (gates: readonly GateObservation[]): readonly GateNote[] =>
  gates.filter(({ state }) => state !== 'not_started').map(({ order: _, ...note }) => note)

/** One run per workflow of a stage of a rollout, however often it is asked for. */
export const gateKey = (rolloutId: string, stage: string, { when, position }: GateObservation): string =>
  `rollout/${rolloutId}/${stage}/${when}/${position}`

export function answered(gate: GateObservation, answer: GateAnswer): GateObservation {
  if (answer.kind === 'refused')
    return { ...gate, silentSince: null, state: 'refused', reason: answer.reason }
  if (answer.kind === 'silent') {
    const silentSince = gate.silentSince ?? answer.at.toISOString()
    // Asked for, as far as anybody knows: it is asked about again, and for again where there is nothing.
    const state = gate.state === 'not_started' ? 'queued' : gate.state
    return { ...gate, state, silentSince, reason: `No answer since ${silentSince}: ${answer.reason}` }
  }
  const { id, number, state, reason, url = null } = answer
  return { ...gate, run: id, number, url, silentSince: null, state, reason }
}

/** The first that hasn't succeeded: they run one after the other. Undefined when the way is free. */
export const nextGate = (
  { gates }: { readonly gates: readonly GateObservation[] },
  when: GateTime,
): GateObservation | undefined => gates.find((gate) => gate.when === when && gate.state !== 'succeeded')

export const isOpenGate = ({ state }: Pick<GateNote, 'state'>): boolean => !gateStates[state].terminal

type Named = Pick<GateNote, 'workflow' | 'number'>
export const nameOf = ({ workflow, number }: Named): string =>
  number === null ? workflow : `${workflow}, run ${number}`

export const gateWords = (gate: Pick<GateNote, 'when' | 'state'> & Named): string =>
  `${gate.when === 'step' ? 'Judges it' : `Runs ${gate.when} it`}: ${nameOf(gate)}: ${gateStates[gate.state].word}`

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
