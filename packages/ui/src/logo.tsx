import { cn } from './cn'

/** A fairlead seen from the front: a closed ring on a deck plate, and the line it guides through. */
export function Logo({ className }: { className?: string | undefined }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden className={cn('size-5 shrink-0', className)}>
      <path
        d="M4.5 12.5a7.5 7.5 0 1 1 15 0V17a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2z"
        className="stroke-fg"
        strokeWidth="2"
        strokeLinejoin="round"
      />
      <circle cx="12" cy="12" r="3" className="stroke-fg" strokeWidth="2" />
      <path
        d="M1.5 22.2c5.8 0 6.6-4.4 9-8.4"
        className="stroke-accent-text"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <path
        d="M13.6 10.2C15.8 6.4 17.6 3.4 22.5 2.4"
        className="stroke-accent-text"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  )
}
