'use client'

import { Button } from '@fairlead/ui/button'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useUrlParams } from '@/features/rollouts/url-param'

/** As many as Airflow gives at once. */
const pageSize = 100

type PagesProps = { offset: number; count: number; total: number; word: string }

/** The page that is open is in the address: `?from=100`. */
export function Pages({ offset, count, total, word }: PagesProps) {
  const [, setParams] = useUrlParams()
  if (total <= pageSize && offset === 0) return null
  const to = (from: number) => setParams({ from: from <= 0 ? null : String(from) }, 'push')
  return (
    <nav aria-label="Pages" className="flex items-center justify-end gap-2 pt-3 text-xs text-muted">
      <span role="status">
        {count === 0
          ? 'none'
          : `${(offset + 1).toLocaleString('en')}–${(offset + count).toLocaleString('en')}`}{' '}
        of {total.toLocaleString('en')} {word}
      </span>
      <Button
        size="sm"
        icon={<ChevronLeft aria-hidden />}
        onClick={() => to(offset - pageSize)}
        disabledReason={offset === 0 ? 'This is the first page.' : null}
      >
        Previous
      </Button>
      <Button
        size="sm"
        onClick={() => to(offset + pageSize)}
        disabledReason={offset + count >= total ? 'This is the last page.' : null}
      >
        Next
        <ChevronRight aria-hidden />
      </Button>
    </nav>
  )
}
