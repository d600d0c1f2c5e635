import type { ApplicationDetail, ReleaseRef } from '@fairlead/contracts/application'

/** What the first stage has, else the newest release: its images are the ones that change, as on the server. */
export function baseOf({ stages, releases }: ApplicationDetail): ReleaseRef | null {
  return stages[0]?.verified ?? releases[0] ?? null
}
