'use client'

import type { TokenView } from '@fairlead/contracts/identity'
import { Badge } from '@fairlead/ui/badge'
import { Button } from '@fairlead/ui/button'
import type { Column } from '@fairlead/ui/table-column'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { StatusMark } from '@fairlead/ui/status-mark'
import { useNow } from '@fairlead/ui/use-now'
import { scopeText } from './role-words'

const soonMs = 7 * 24 * 3_600_000

export const tokenColumns = (onRevoke: (token: TokenView) => void): Column<TokenView>[] => [
  {
    id: 'name',
    header: 'Name',
    width: 180,
    cell: ({ name }) => <span className="truncate font-medium">{name}</span>,
  },
  {
    id: 'prefix',
    header: 'Begins with',
    width: 120,
    cell: ({ prefix }) => <span className="font-mono text-xs text-muted">{prefix}…</span>,
  },
  {
    id: 'role',
    header: 'Role',
    cell: ({ project, role }) => (
      <Badge tone={project === null ? 'accent' : undefined}>
        {scopeText(project)}: {role}
      </Badge>
    ),
  },
  {
    id: 'owner',
    header: 'Acts for',
    width: 160,
    cell: ({ owner }) => <span className="truncate">{owner}</span>,
  },
  { id: 'state', header: 'State', width: 190, cell: (token) => <TokenState token={token} /> },
  {
    id: 'used',
    header: 'Last used',
    width: 110,
    cell: ({ lastUsedAt }) =>
      lastUsedAt === null ? <span className="text-faint">never</span> : <RelativeTime at={lastUsedAt} />,
  },
  {
    id: 'actions',
    header: <span className="sr-only">Actions</span>,
    width: 92,
    align: 'end',
    cell: (token) =>
      isOver(token) ? null : (
        <Button size="sm" variant="ghost" onClick={() => onRevoke(token)} aria-label={`Revoke ${token.name}`}>
          Revoke
        </Button>
      ),
  },
]

const isOver = ({ revokedAt, expiresAt }: TokenView): boolean =>
  revokedAt !== null || Date.parse(expiresAt) <= Date.now()

function TokenState({ token }: { token: TokenView }) {
  const now = useNow()
  if (token.revokedAt !== null)
    return <StatusMark tone="neutral" word="Revoked" reason={<RelativeTime at={token.revokedAt} />} />
  const leftMs = Date.parse(token.expiresAt) - now
  if (leftMs <= 0)
    return <StatusMark tone="neutral" word="Expired" reason={<RelativeTime at={token.expiresAt} />} />
  return (
    <StatusMark
      tone={leftMs < soonMs ? 'waiting' : 'ok'}
      word={leftMs < soonMs ? 'Expires soon' : 'Valid'}
      reason={<RelativeTime at={token.expiresAt} />}
    />
  )
}
