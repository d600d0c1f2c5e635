import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'Not here' }

/** Part of every page's tree, so plain markup: see page-failed.tsx. */
export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-center justify-center gap-3 px-4 text-center text-sm text-muted">
      <h1 className="text-base font-semibold text-fg">There is nothing at this address</h1>
      <p className="text-pretty">
        What it named may be gone, or is not yours to see: Fairlead says the same of both.
      </p>
      <a
        href="/fleet"
        className="inline-flex h-8 items-center rounded-md bg-accent px-3 font-medium text-on-accent hover:bg-accent-hover"
      >
        To the fleet
      </a>
    </main>
  )
}
