import {
  Anchor,
  Box,
  Boxes,
  Cloud,
  Compass,
  FlaskConical,
  Globe,
  Rocket,
  Server,
  ShieldAlert,
  Star,
} from 'lucide-react'
import { AppLink } from './app-link'
import { cn } from './cn'

export const clusterIcons = {
  anchor: Anchor,
  box: Box,
  boxes: Boxes,
  cloud: Cloud,
  compass: Compass,
  flask: FlaskConical,
  globe: Globe,
  rocket: Rocket,
  server: Server,
  star: Star,
} as const
export type ClusterIcon = keyof typeof clusterIcons

export type ClusterBadgeProps = {
  name: string
  /** Any CSS colour, e.g. `#3b82f6`; drawn through an SVG attribute. */
  color?: string | null | undefined
  icon?: string | null | undefined
  environment?: string | null | undefined
  href?: string | undefined
  /** The name alone, for a dense table cell. */
  compact?: boolean | undefined
  className?: string | undefined
}

const isClusterIcon = (icon: string): icon is ClusterIcon => Object.hasOwn(clusterIcons, icon)
const isProduction = (environment: string) => /^prod/i.test(environment)

/** A cluster's identity, the same wherever it appears: name, colour and icon, environment. */
export function ClusterBadge(props: ClusterBadgeProps) {
  const { name, color, icon, environment, href, compact, className } = props
  const Icon = icon && isClusterIcon(icon) ? clusterIcons[icon] : Server
  const production = environment ? isProduction(environment) : false
  const label = <span className="truncate font-medium text-fg">{name}</span>
  return (
    <span
      className={cn('inline-flex max-w-full min-w-0 items-center gap-1.5 align-middle text-sm', className)}
      title={name}
    >
      <svg aria-hidden viewBox="0 0 18 18" className="size-[18px] shrink-0 text-muted">
        <rect width="18" height="18" rx="4" fill={color ?? 'currentColor'} opacity="0.2" />
        <rect x="0.5" y="0.5" width="17" height="17" rx="3.5" fill="none" stroke={color ?? 'currentColor'} />
        <Icon x="3.5" y="3.5" width="11" height="11" className="text-fg" />
      </svg>
      {href ? (
        <AppLink href={href} className="min-w-0 truncate rounded-sm hover:underline">
          {label}
        </AppLink>
      ) : (
        label
      )}
      {environment && !compact ? (
        <span
          className={cn(
            'inline-flex h-[18px] min-w-0 shrink-[99] items-center gap-1 rounded-sm border px-1 text-2xs',
            production ? 'border-fail-solid/60 text-fail' : 'border-line text-muted',
          )}
        >
          {production ? <ShieldAlert aria-hidden className="size-3 shrink-0" /> : null}
          <span className="truncate">{environment}</span>
        </span>
      ) : null}
    </span>
  )
}
