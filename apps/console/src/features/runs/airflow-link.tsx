import { connectionOf } from '@fairlead/contracts/airflow-place'
import type { AttemptView } from '@fairlead/contracts/workflow'
import { ExternalLink } from 'lucide-react'

/** Airflow's own page of a DAG run; nothing for what runs elsewhere, or was not seen yet. */
export function AirflowLink({ attempt }: { attempt: Pick<AttemptView, 'cluster' | 'place'> | undefined }) {
  const href = attempt && connectionOf(attempt.cluster) !== null ? attempt.place : null
  if (!href || !/^https?:\/\//.test(href)) return null
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="inline-flex items-center gap-1 rounded-sm text-accent-text underline decoration-current/35 underline-offset-2 hover:decoration-current"
    >
      Open in Airflow <ExternalLink aria-hidden className="size-3.5" />
    </a>
  )
}
