'use client'

import type { TokenView } from '@fairlead/contracts/identity'
import { Button } from '@fairlead/ui/button'
import { DataTable } from '@fairlead/ui/data-table'
import { EmptyState } from '@fairlead/ui/empty-state'
import { FilterInput } from '@fairlead/ui/filter-input'
import { PageHeader } from '@fairlead/ui/page-header'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTextParam } from '@/features/fleet/use-text-param'
import { useHotkey } from '@/features/shell/hotkeys'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'
import { CreateTokenDialog } from './create-token-dialog'
import { RevokeToken } from './revoke-token'
import { tokenColumns } from './token-columns'
import { useRights } from './use-rights'

export function TokensPage() {
  const tokens = useQuery(useTRPC().token.list.queryOptions({}))
  const { may, whyNot } = useRights()
  const [text, setText] = useTextParam('q')
  const [creating, setCreating] = useState(false)
  const [revoking, setRevoking] = useState<TokenView | null>(null)
  const columns = useMemo(() => tokenColumns(setRevoking), [])
  const mayCreate = may('token.manage', { kind: 'any' })
  useHotkey('c', () => setCreating(true), {
    description: 'Create a token',
    group: 'Tokens',
    enabled: mayCreate,
  })
  const words = text.toLowerCase()
  const shown = (tokens.data ?? []).filter(({ name, owner, project, role, prefix }) =>
    `${name} ${owner} ${project ?? 'every project'} ${role} ${prefix}`.toLowerCase().includes(words),
  )
  return (
    <>
      <PageHeader
        title="API tokens"
        description="For CI systems and scripts. A token acts for its owner with one role in one place, and never with more than the owner holds."
        actions={
          <Button
            variant="primary"
            icon={<Plus aria-hidden />}
            onClick={() => setCreating(true)}
            disabledReason={whyNot('token.manage', { kind: 'any' })}
          >
            Create token
          </Button>
        }
      />
      {tokens.data ? (
        <div className="flex flex-col gap-3">
          {tokens.data.length > 0 ? (
            <FilterInput
              label="Filter tokens"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          ) : null}
          <DataTable
            label="API tokens"
            rows={shown}
            rowKey={(token) => token.id}
            columns={columns}
            rowHeight={36}
            empty={<NoTokens filtered={tokens.data.length > 0} />}
          />
        </div>
      ) : tokens.error ? (
        <FaultState
          what="Tokens are not shown."
          error={tokens.error}
          right="token.manage"
          onRetry={() => void tokens.refetch()}
          retrying={tokens.isFetching}
        />
      ) : (
        <div className="rounded-lg border border-line bg-surface">
          <SkeletonRows label="Loading tokens" />
        </div>
      )}
      {creating ? <CreateTokenDialog onClose={() => setCreating(false)} /> : null}
      {revoking ? <RevokeToken token={revoking} onClose={() => setRevoking(null)} /> : null}
    </>
  )
}

function NoTokens({ filtered }: { filtered: boolean }) {
  if (filtered) return <EmptyState title="No token matches the filter." />
  return (
    <EmptyState
      icon={<KeyRound aria-hidden />}
      title="No API token yet."
      command="npx fairlead token create --name ci --project shop --role deployer --expires 90d"
    >
      A CI system deploys with a token of its own: the role deployer in one project is enough.
    </EmptyState>
  )
}
