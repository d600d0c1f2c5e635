import { CircleX } from 'lucide-react'
import { faultOf } from '@/live/fault'

/** What was refused, where exactly, what was found and expected, and what to do. */
export function Refusal({ error }: { error: unknown }) {
  const { message, detail } = faultOf(error)
  const place = [detail.line === undefined ? null : `line ${detail.line}`, detail.path].filter(Boolean)
  return (
    <div role="alert" className="flex gap-2.5 rounded-md bg-fail-soft px-3 py-2.5 text-sm">
      <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-fail" />
      <div className="min-w-0 space-y-1">
        <p className="font-medium break-words text-fail">{message}</p>
        {place.length > 0 ? <p className="font-mono text-xs break-words">{place.join(' · ')}</p> : null}
        {detail.found || detail.expected ? (
          <p className="break-words">
            {detail.found ? <>Found {detail.found}. </> : null}
            {detail.expected ? <>Expected {detail.expected}.</> : null}
          </p>
        ) : null}
        {detail.remedy ? <p className="break-words">{detail.remedy}</p> : null}
      </div>
    </div>
  )
}
