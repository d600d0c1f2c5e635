import type { ReleaseRef } from '@fairlead/contracts/application'
import { cn } from '@fairlead/ui/cn'
import { shortDigest, shortImage } from './release-text'

type ReleaseTagProps = {
  release: Pick<ReleaseRef, 'number' | 'images' | 'digest'>
  /** Images are listed below each other instead of counted. */
  allImages?: boolean | undefined
  className?: string | undefined
}

/** A release wherever it appears: our number first, then what it runs. */
export function ReleaseTag({ release, allImages, className }: ReleaseTagProps) {
  const [first, ...more] = release.images
  const title = [`digest ${shortDigest(release.digest)}`, ...release.images].join('\n')
  return (
    <span className={cn('inline-flex max-w-full min-w-0 items-baseline gap-1.5', className)} title={title}>
      <span className="shrink-0 rounded-sm border border-line px-1 font-mono text-2xs leading-[16px] text-muted">
        r{release.number}
      </span>
      {allImages ? (
        <span className="flex min-w-0 flex-col">
          {release.images.map((image) => (
            <span key={image} className="truncate font-mono text-xs">
              {shortImage(image)}
            </span>
          ))}
        </span>
      ) : first === undefined ? (
        <span className="truncate text-xs text-muted">no image</span>
      ) : (
        <span className="truncate font-mono text-xs">
          {shortImage(first)}
          {more.length > 0 ? <span className="text-faint"> +{more.length}</span> : null}
        </span>
      )}
    </span>
  )
}
