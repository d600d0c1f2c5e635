import { crashCodes, type CrashFinding } from '@fairlead/contracts/pod-why'
import { TriangleAlert } from 'lucide-react'

/** What happened to each container, and what usually helps. */
export function FindingsList({ findings }: { findings: readonly CrashFinding[] }) {
  return (
    <ul aria-label="Findings" className="divide-y divide-line border-t border-line">
      {findings.map((finding) => (
        <li key={`${finding.code}${finding.container ?? ''}`} className="flex gap-3 px-4 py-2.5 text-sm">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-fail" />
          <div className="min-w-0">
            <p className="font-medium first-letter:uppercase">{crashCodes[finding.code]}</p>
            <p className="break-words text-muted">{finding.words}</p>
            {finding.remedy ? <p className="mt-1 text-pretty">{finding.remedy}</p> : null}
          </div>
        </li>
      ))}
    </ul>
  )
}
