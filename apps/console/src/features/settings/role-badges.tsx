import { Badge } from '@fairlead/ui/badge'
import { rolesByPlace, scopeText, type NamedRole } from './role-words'

export function RoleBadges({ roles }: { roles: readonly NamedRole[] }) {
  if (roles.length === 0) return <span className="text-faint">no role</span>
  return (
    <span className="flex min-w-0 gap-1 overflow-hidden">
      {rolesByPlace(roles).map((place) => (
        <Badge
          key={place.project ?? '*'}
          tone={place.project === null ? 'accent' : undefined}
          title={`${place.roles.join(', ')} in ${scopeText(place.project)}`}
        >
          {scopeText(place.project)}: {place.roles.join(', ')}
        </Badge>
      ))}
    </span>
  )
}
