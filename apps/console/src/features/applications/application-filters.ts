import type { ApplicationSummary } from '@fairlead/contracts/application'
import { movingIn } from './moving'

export const standingFilters = [
  { value: 'moving', label: 'In motion' },
  { value: 'held', label: 'Held' },
  { value: 'drifted', label: 'Drifted' },
  { value: 'behind', label: 'Stages differ' },
  { value: 'never', label: 'Never deployed' },
]

export type ApplicationFilter = { text: string; project: string | null; standing: string | null }

export function filterApplications(
  applications: readonly ApplicationSummary[],
  { text, project, standing }: ApplicationFilter,
): ApplicationSummary[] {
  const wanted = text.trim().toLowerCase()
  return applications
    .filter(
      (application) =>
        (project === null || application.project === project) &&
        (standing === null || standsAs(application, standing)) &&
        (wanted === '' || searched(application).includes(wanted)),
    )
    .sort((one, other) => one.project.localeCompare(other.project) || one.name.localeCompare(other.name))
}

function standsAs({ stages }: ApplicationSummary, standing: string): boolean {
  if (standing === 'moving') return stages.some((stage) => movingIn(stage) !== null)
  if (standing === 'held') return stages.some(({ hold }) => hold !== null)
  if (standing === 'drifted') return stages.some(({ drift }) => drift?.state === 'drifted')
  if (standing === 'never') return stages.every(({ verified }) => verified === null)
  if (standing === 'behind') return new Set(stages.map(({ verified }) => verified?.number ?? 0)).size > 1
  return true
}

const searched = ({ name, project, stages }: ApplicationSummary): string =>
  [
    name,
    project,
    ...stages.flatMap((stage) => [
      stage.namespace,
      ...stage.clusters,
      ...(stage.verified?.images ?? []),
      ...(stage.current?.release.images ?? []),
    ]),
  ]
    .join(' ')
    .toLowerCase()
