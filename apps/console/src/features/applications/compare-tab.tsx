'use client'

import type { ApplicationDetail } from '@fairlead/contracts/application'
import { Segments } from '@/features/fleet/segments'
import { useUrlParams } from '@/features/rollouts/url-param'
import { CompareReleases } from './compare-releases'
import { CompareStages } from './compare-stages'

/** Two releases as they were written, or two stages as their clusters have them now. */
export function CompareTab({ application }: { application: ApplicationDetail }) {
  const [params, set] = useUrlParams()
  const by = params.get('by') === 'stages' ? 'stages' : 'releases'
  return (
    <div className="space-y-3">
      <Segments
        label="Compare"
        value={by}
        onChange={(next) => set({ by: next === 'releases' ? null : next })}
        options={[
          { value: 'releases', label: 'Releases' },
          { value: 'stages', label: 'Stages' },
        ]}
      />
      {by === 'stages' ? (
        <CompareStages application={application} />
      ) : (
        <CompareReleases application={application} />
      )}
    </div>
  )
}
