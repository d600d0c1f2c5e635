'use client'

import { Button } from '@fairlead/ui/button'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { useQuery } from '@tanstack/react-query'
import { ShieldAlert, ShieldCheck, Shield } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@fairlead/ui/cn'
import { faultOf } from '@/live/fault'
import { alone } from '@/live/api-client'
import { useTRPC } from '@/live/trpc'

/** Whether the log is as it was written: every hash is computed again on the server. */
export function VerifyBanner() {
  const trpc = useTRPC()
  const verify = useQuery(trpc.audit.verify.queryOptions({}, { enabled: false, trpc: alone }))
  const { data, error, dataUpdatedAt } = verify
  const look = data === undefined ? looks.open : data.intact ? looks.intact : looks.broken
  return (
    <div
      role="status"
      className={cn(
        'mb-3 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border px-3 py-2',
        look.className,
      )}
    >
      <look.icon aria-hidden className={cn('size-4 shrink-0', look.tone)} />
      <div className="min-w-0 flex-1 basis-60">
        {error ? <span className="text-fail">{faultOf(error).message}</span> : <Words verification={data} />}
        {data ? (
          <span className="ml-2 text-xs text-muted">
            checked <RelativeTime at={dataUpdatedAt} />
          </span>
        ) : null}
      </div>
      <Button size="sm" loading={verify.isFetching} onClick={() => void verify.refetch()}>
        {data ? 'Verify again' : 'Verify'}
      </Button>
    </div>
  )
}

const looks = {
  open: { icon: Shield, tone: 'text-faint', className: 'border-line bg-surface' },
  intact: { icon: ShieldCheck, tone: 'text-ok', className: 'border-line bg-surface' },
  broken: { icon: ShieldAlert, tone: 'text-fail', className: 'border-fail-solid bg-fail-soft' },
}

type Verification = {
  intact: boolean
  entries: number
  lastHash: string | null
  broken: { sequence: number; problem: string } | null
}

function Words({ verification }: { verification: Verification | undefined }): ReactNode {
  if (verification === undefined)
    return <span className="text-muted">Each entry carries the hash of the one before it.</span>
  if (verification.broken)
    return (
      <>
        <span className="font-medium text-fail">Broken.</span> Entry {verification.broken.sequence}{' '}
        {verification.broken.problem}. The {verification.entries.toLocaleString('en')} before it are intact.
      </>
    )
  return (
    <>
      <span className="font-medium">Intact.</span> All {verification.entries.toLocaleString('en')} entries are
      as they were written.
      {verification.lastHash ? (
        <span className="ml-1.5 font-mono text-xs text-muted" title={verification.lastHash}>
          {verification.lastHash.slice(0, 12)}
        </span>
      ) : null}
    </>
  )
}
