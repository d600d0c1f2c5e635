'use client'

import { RelativeTime } from '@fairlead/ui/relative-time'
import { exactText } from '@fairlead/ui/time-text'

/** No watch keeps this current, and ages in it stand still: it says of when it is. */
export function AskedAt({ at }: { at: string }) {
  const time = exactText(new Date(at)).slice(11)
  return (
    <span className="text-xs whitespace-nowrap text-muted">
      As of {time}, asked <RelativeTime at={at} />; not watched
    </span>
  )
}
