'use client'

import { RelativeTime } from '@fairlead/ui/relative-time'

/** Nothing of Airflow is watched: what stands here is of the moment at which it was asked. */
export const AskedAgo = ({ at }: { at: string }) => (
  <span className="text-xs whitespace-nowrap text-muted">
    asked <RelativeTime at={at} />
  </span>
)
