import type { RunSummary } from '@fairlead/contracts/workflow'
import { runStates, runTriggers, type RunState } from '@fairlead/contracts/workflow-states'

const stateNames = Object.keys(runStates) as RunState[]

/** States that are looked for together; each state alone can be chosen too. */
export const standings = {
  active: { label: 'In motion', states: stateNames.filter((state) => !runStates[state].terminal) },
  trouble: { label: 'Failed, or with failures', states: ['failed', 'succeeded_with_failures'] },
} as const satisfies Record<string, { label: string; states: readonly RunState[] }>

export const stateOptions: readonly { value: string; label: string }[] = [
  ...Object.entries(standings).map(([value, { label }]) => ({ value, label })),
  ...stateNames.map((state) => ({ value: state, label: runStates[state].word })),
]

function statesOf(standing: string | null): readonly RunState[] {
  if (standing === null) return []
  if (Object.hasOwn(standings, standing)) return standings[standing as keyof typeof standings].states
  return stateNames.filter((state) => state === standing)
}

export const mostRuns = 500

/** What the server is asked of the list, as the address says it; text is searched in the browser. */
export function askedOf(param: (name: string) => string | null) {
  const [project, workflow] = splitName(param('workflow'))
  return {
    limit: mostRuns,
    states: [...statesOf(param('state'))],
    ...given('workflow', workflow),
    ...given('project', project ?? param('project')),
    ...given('before', param('before')),
  }
}

/** `shop/settle`, since two projects may have a workflow of one name; `settle` alone works as well. */
function splitName(name: string | null): [string | null, string | null] {
  if (name === null) return [null, null]
  const at = name.indexOf('/')
  return at === -1 ? [null, name] : [name.slice(0, at), name.slice(at + 1)]
}

const given = (name: string, value: string | null) => (value === null ? {} : { [name]: value })

export function filterRuns(runs: readonly RunSummary[], text: string): readonly RunSummary[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return runs
  return runs.filter((run) => {
    const searched = searchedOf(run)
    return words.every((word) => searched.includes(word))
  })
}

const searchedOf = (run: RunSummary): string =>
  [
    `${run.project}/${run.workflow}`,
    `#${run.number}`,
    runStates[run.state].word,
    runTriggers[run.trigger],
    run.requester,
    run.reason,
    run.id,
  ]
    .join(' ')
    .toLowerCase()
