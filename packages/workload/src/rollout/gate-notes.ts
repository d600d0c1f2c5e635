import type { TimelineEntry } from './decision'
import { nameOf, notesFor, type GateNote } from './gates'
import type { Observation, StageObservation } from './observation'
import type { StartedGate } from './start-gates'

export interface StageNotes {
  readonly id: string
  readonly stage: StageObservation
  readonly notes: readonly GateNote[]
}

/** Stages of which something else is known now than what is written down. */
export function notedStages({ stages }: Observation, started: readonly StartedGate[]): StageNotes[] {
  return stages.flatMap((stage): StageNotes[] => {
    const gates = stage.gates.map(
      (gate) =>
        started.find(
          ({ stageId, gate: now }) =>
            stageId === stage.id && now.when === gate.when && now.position === gate.position,
        )?.gate ?? gate,
    )
    const notes = notesFor(gates)
    return textOf(notes) === textOf(stage.notes) ? [] : [{ id: stage.id, stage, notes }]
  })
}

const textOf = (notes: readonly GateNote[]): string =>
  JSON.stringify(
    notes.map(({ when, position, run, number, state, reason }) => [
      when,
      position,
      run,
      number,
      state,
      reason,
    ]),
  )

/** A run is told of when it is first heard of: after a crash that may be later than its start. */
export const gateEntries = ({ stage, notes }: StageNotes): TimelineEntry[] =>
  notes
    .filter(
      ({ run, when, position }) =>
        run !== null &&
        stage.notes.every(
          (known) => known.run === null || known.when !== when || known.position !== position,
        ),
    )
    .map((note) => ({
      stage: stage.spec.name,
      cluster: null,
      kind: 'workflow_started',
      message: startedWords(note),
      audit: true,
    }))

const startedWords = (note: GateNote): string =>
  ({
    before: `Started ${nameOf(note)}, before anything is applied.`,
    step: `Started ${nameOf(note)}, which judges step ${note.position + 1} of the canary.`,
    after: `Started ${nameOf(note)}, now that the targets have converged.`,
  })[note.when]
