import { cn } from '@fairlead/ui/cn'
import { CopyButton } from '@fairlead/ui/copy-button'

type JsonBlockProps = { value: unknown; label: string; className?: string }

/** A JSON value, indented, to read and to copy. */
export function JsonBlock({ value, label, className }: JsonBlockProps) {
  const text = JSON.stringify(value, null, 2)
  return (
    <div className="relative min-w-0 overflow-hidden rounded-md border border-line bg-sunken">
      <pre
        tabIndex={0}
        aria-label={label}
        className={cn('overflow-auto px-3 py-2 pr-10 font-mono text-xs leading-5', className)}
      >
        {text}
      </pre>
      <CopyButton text={text} label={`Copy: ${label}`} className="absolute top-1 right-1" />
    </div>
  )
}
