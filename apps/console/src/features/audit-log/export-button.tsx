'use client'

import { Button } from '@fairlead/ui/button'
import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { toast } from '@/features/shell/toast'
import { faultOf } from '@/live/fault'
import { alone } from '@/live/api-client'
import { useTRPCClient } from '@/live/trpc'
import type { AuditQuery } from './audit-filters'

/** What the filters show, all of it, as JSON Lines. */
export function ExportButton({ query }: { query: AuditQuery }) {
  const client = useTRPCClient()
  const download = useMutation({
    mutationFn: () => client.audit.export.query(query, alone),
    onSuccess: ({ lines }) => save(lines, `fairlead-audit-${new Date().toISOString().slice(0, 10)}.jsonl`),
    onError: (error) => toast.error('The export failed', { description: faultOf(error).message }),
  })
  return (
    <Button icon={<Download aria-hidden />} loading={download.isPending} onClick={() => download.mutate()}>
      Export
    </Button>
  )
}

function save(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
