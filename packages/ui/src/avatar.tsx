import { cn } from './cn'

export type AvatarProps = { name: string; size?: 'sm' | 'md' | undefined; className?: string | undefined }

/** "Ada Lovelace" → "AL"; an e-mail gives its first letter. */
export function initials(name: string): string {
  const words =
    name
      .split('@')[0]
      ?.split(/[\s._-]+/)
      .filter(Boolean) ?? []
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
  return letters.map((word) => word?.[0]?.toUpperCase() ?? '').join('') || '?'
}

export function Avatar({ name, size = 'md', className }: AvatarProps) {
  return (
    <span
      role="img"
      aria-label={name}
      title={name}
      className={cn(
        'inline-flex shrink-0 items-center justify-center rounded-full border border-line-strong bg-sunken font-medium text-muted select-none',
        size === 'sm' ? 'size-5 text-[9px]' : 'size-6 text-[10px]',
        className,
      )}
    >
      {initials(name)}
    </span>
  )
}
