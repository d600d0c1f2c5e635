import type { GateRun, WorkflowGate } from '@fairlead/contracts/gates'
import type { RunState } from '@fairlead/contracts/workflow-states'
import crypto from 'node:crypto'

export interface FakeRun {
  readonly id: string
  readonly number: number
  readonly key: string
  readonly workflow: string
  readonly parameters: Readonly<Record<string, unknown>>
  state: RunState
}

/** Workflows as a rollout sees them: a run per key, which stands as the test says. */
export interface FakeWorkflows extends WorkflowGate {
  readonly runs: FakeRun[]
  /** How often a start was asked for, per key. */
  readonly asked: Map<string, number>
  /** The state in which runs of a workflow are born; those that aren't here don't exist. */
  readonly born: Map<string, RunState>
}

export function createFakeWorkflows(): FakeWorkflows {
  const runs: FakeRun[] = []
  const asked = new Map<string, number>()
  const born = new Map<string, RunState>()
  const shown = ({ id, number, state }: FakeRun): GateRun => ({ kind: 'run', id, number, state, reason: '' })
  const missing = (workflow: string): string => `There is no workflow ${workflow} in this project.`
  return {
    runs,
    asked,
    born,
    runOf: async ({ workflow, key, parameters }) => {
      asked.set(key, (asked.get(key) ?? 0) + 1)
      const state = born.get(workflow)
      if (state === undefined) return { kind: 'refused', reason: missing(workflow) }
      const found = runs.find((run) => run.key === key)
      if (found !== undefined) return shown(found)
      const run = { id: crypto.randomUUID(), number: runs.length + 1, key, workflow, parameters, state }
      runs.push(run)
      return shown(run)
    },
    standingOf: async ({ key }) => {
      const found = runs.find((run) => run.key === key)
      return found === undefined ? null : shown(found)
    },
    problemOf: async ({ workflow }) => (born.has(workflow) ? null : missing(workflow)),
  }
}
