import { faultOf } from '@/live/fault'

/** Why a form was refused, in its place. */
export function FaultLine({ error }: { error: unknown }) {
  if (!error) return null
  const { message, detail } = faultOf(error)
  return (
    <p role="alert" className="rounded-md bg-fail-soft px-3 py-2 text-fail">
      {message}
      {detail.remedy ? <span className="block text-fg">{detail.remedy}</span> : null}
    </p>
  )
}
