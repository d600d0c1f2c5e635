import { Badge } from '@fairlead/ui/badge'
import { Button } from '@fairlead/ui/button'
import { ExternalLink, Wind } from 'lucide-react'

/** Says of everything that is Airflow's whose it is, and through which connection it was read. */
export const AirflowMark = ({ connection }: { connection: string }) => (
  <Badge icon={<Wind aria-hidden />} title={`Of the Apache Airflow that is connected as ${connection}`}>
    Airflow · {connection}
  </Badge>
)

/** Airflow's own page of the same thing. */
export function OwnPage({ link }: { link: string | null }) {
  if (link === null) return null
  return (
    <Button
      icon={<ExternalLink aria-hidden />}
      onClick={() => window.open(link, '_blank', 'noopener,noreferrer')}
    >
      Open in Airflow
    </Button>
  )
}
