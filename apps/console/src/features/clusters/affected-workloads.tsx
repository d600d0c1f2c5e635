import type { AffectedWorkload, ComponentImpact } from '@fairlead/contracts/control-plane'
import { kindOfWord } from '@fairlead/contracts/kinds'
import { TextLink } from '@fairlead/ui/text-link'
import { objectHref } from '@/features/workloads/object-address'

const shown = 6

type AffectedProps = { cluster: string; impact: ComponentImpact }

/** The teams' own workloads that a failure reaches, by name. */
export function AffectedWorkloads({ cluster, impact }: AffectedProps) {
  const { affected, affectedTotal, applications } = impact
  if (affected.length === 0) return null
  return (
    <div className="flex flex-col gap-1 rounded-md border border-line bg-sunken px-3 py-2 text-xs">
      {applications.length > 0 ? (
        <p>
          Applications: <span className="font-medium text-fg">{applications.join(', ')}</span>
        </p>
      ) : null}
      <ul className="flex flex-col gap-0.5">
        {affected.slice(0, shown).map((row) => (
          <li key={`${row.kind} ${row.namespace} ${row.name}`} className="min-w-0 break-words text-muted">
            <Name cluster={cluster} row={row} /> {row.words}
          </li>
        ))}
      </ul>
      {affectedTotal > shown ? <p className="text-muted">and {affectedTotal - shown} more</p> : null}
    </div>
  )
}

function Name({ cluster, row }: { cluster: string; row: AffectedWorkload }) {
  const kind = kindOfWord(row.kind)
  const text = `${row.namespace ?? ''}/${row.name}`
  if (kind === undefined) return <span className="font-medium text-fg">{text}</span>
  return (
    <TextLink href={objectHref({ cluster, kind, namespace: row.namespace, name: row.name })}>{text}</TextLink>
  )
}
