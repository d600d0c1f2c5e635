import type { Environment } from '@fairlead/contracts/cluster'
import { Badge } from '@fairlead/ui/badge'
import { ShieldAlert } from 'lucide-react'

/** Production stands out by its mark; red itself is left to what fails. */
export function EnvironmentBadge({ environment }: { environment: Environment }) {
  return environment === 'production' ? (
    <Badge className="border-line-strong text-fg" icon={<ShieldAlert aria-hidden className="text-fail" />}>
      {environment}
    </Badge>
  ) : (
    <Badge>{environment}</Badge>
  )
}
