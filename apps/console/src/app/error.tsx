'use client'

import { PageFailed } from '@/features/shell/page-failed'

export default function RootFailed(props: Parameters<typeof PageFailed>[0]) {
  return (
    <main className="mx-auto max-w-xl px-4 py-24">
      <PageFailed {...props} />
    </main>
  )
}
