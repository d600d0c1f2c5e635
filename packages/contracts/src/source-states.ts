/** How an application's source stood when it was last looked at. */
export const sourceStates = {
  waiting: { word: 'Not looked at yet' },
  current: { word: 'Read' },
  failing: { word: 'Failing' },
} as const satisfies Record<string, { word: string }>
export type SourceState = keyof typeof sourceStates
export const sourceStateNames = Object.keys(sourceStates) as [SourceState, ...SourceState[]]

/** Where on its way from a repository to a release something failed. */
export const sourceSteps = {
  reach: 'It could not be reached',
  fetch: 'It could not be fetched',
  render: 'It could not be rendered',
  read: 'What was rendered is refused',
  deploy: 'The release is there, and was not deployed',
} as const
export type SourceStep = keyof typeof sourceSteps
export const sourceStepNames = Object.keys(sourceSteps) as [SourceStep, ...SourceStep[]]
