import type { CreationRefusal } from '@fairlead/contracts/pod-why'
import { Card } from '@fairlead/ui/card'
import { TriangleAlert } from 'lucide-react'

/** Why a workload has no pods to look at: the API server does not let its controller make them. */
export function CreationCard({ refusal }: { refusal: CreationRefusal }) {
  const { words, remedy, quotas, said } = refusal
  return (
    <Card flush title="Its pods are refused">
      <div className="flex gap-3 px-4 py-3 text-sm">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-fail" />
        <div className="min-w-0">
          <p className="break-words">{words}</p>
          {remedy ? <p className="mt-1 text-pretty text-muted">{remedy}</p> : null}
          {quotas.length > 0 ? <Quotas quotas={quotas} /> : null}
          <p className="mt-2 font-mono text-xs break-words text-faint">{said}</p>
        </div>
      </div>
    </Card>
  )
}

function Quotas({ quotas }: { quotas: CreationRefusal['quotas'] }) {
  return (
    <table className="mt-2 text-xs tabular-nums">
      <thead className="text-left text-muted">
        <tr>
          {['Resource', 'Asked', 'Used', 'Limit'].map((title) => (
            <th key={title} scope="col" className="pr-6 font-medium">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {quotas.map(({ resource, requested, used, limited }) => (
          <tr key={resource}>
            <th scope="row" className="pr-6 text-left font-normal">
              {resource}
            </th>
            <td className="pr-6">{requested}</td>
            <td className="pr-6">{used}</td>
            <td className="pr-6">{limited}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
