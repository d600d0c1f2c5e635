'use client'

import { rolesGranting } from '@fairlead/contracts/permissions'
import { Button } from '@fairlead/ui/button'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useTRPC } from '@/live/trpc'
import { newWorkflowHref } from './addresses'

export function NewWorkflowButton() {
  const me = useQuery(useTRPC().session.me.queryOptions({}))
  const may =
    me.data === undefined ||
    me.data.permissions.includes('workflow.write') ||
    me.data.projects.some(({ permissions }) => permissions.includes('workflow.write'))
  return (
    <Button
      variant="primary"
      href={newWorkflowHref}
      icon={<Plus aria-hidden />}
      disabledReason={
        may
          ? null
          : `You may write workflows in no project. The role ${rolesGranting('workflow.write').join(' or ')} may; an administrator gives it under Settings, People.`
      }
    >
      New workflow
    </Button>
  )
}
