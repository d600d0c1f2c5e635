import type { Evidence } from '@fairlead/contracts/verdict'
import { Card } from '@fairlead/ui/card'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { TriangleAlert } from 'lucide-react'

/** Why it is not as wanted, object by object. */
export function EvidenceCard({ evidence }: { evidence: readonly Evidence[] }) {
  return (
    <Card flush title="Why">
      <ul className="divide-y divide-line">
        {evidence.map((each) => (
          <li
            key={`${each.reason}${each.objectKind}${each.objectName}`}
            className="flex gap-3 px-4 py-2.5 text-sm"
          >
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-fail" />
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <span className="font-medium">{each.reason}</span>
                <span className="truncate text-muted">
                  {each.objectKind.toLowerCase()}/{each.objectName}
                </span>
                {each.since ? <RelativeTime at={each.since} className="ml-auto text-xs text-faint" /> : null}
              </p>
              <p className="break-words text-muted">{each.message}</p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
