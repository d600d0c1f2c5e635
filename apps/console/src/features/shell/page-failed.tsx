'use client'

/**
 * A page that broke while it was drawn; the digest finds the reason in the console's log.
 * Every page loads this with itself, hence plain markup: the primitives would weigh 4 KB here, a second time.
 */
export function PageFailed({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div role="alert" className="space-y-1 rounded-lg border border-line bg-surface p-4 text-sm">
      <p className="font-semibold text-fail">This page broke.</p>
      <p>
        Try again; if it stays,{' '}
        <a href="/fleet" className="text-accent-text underline">
          go to the fleet
        </a>{' '}
        and give the code below to an administrator.
      </p>
      <p className="font-mono text-xs text-faint">{error.digest ?? error.message}</p>
      <button
        type="button"
        onClick={reset}
        className="mt-2 h-7 rounded-md border border-line-strong bg-surface px-2 text-xs font-medium hover:bg-hover"
      >
        Retry
      </button>
    </div>
  )
}
