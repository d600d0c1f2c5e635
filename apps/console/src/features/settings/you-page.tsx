'use client'

import { Card } from '@fairlead/ui/card'
import { PageHeader } from '@fairlead/ui/page-header'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/live/trpc'
import { ChangePasswordForm } from './change-password-form'
import { RoleBadges } from './role-badges'

/** What belongs to whoever is signed in, and to nobody else. */
export function YouPage() {
  const { data: me } = useQuery(useTRPC().session.me.queryOptions({}))
  return (
    <>
      <PageHeader title="Your account" description={me?.email ?? undefined} />
      <div className="flex max-w-xl flex-col gap-4">
        {me ? (
          <Card title="Your roles">
            <RoleBadges roles={me.memberships.map(({ project, role }) => ({ project, role }))} />
          </Card>
        ) : null}
        <Card title="Password">
          <ChangePasswordForm email={me?.email ?? ''} />
        </Card>
      </div>
    </>
  )
}
