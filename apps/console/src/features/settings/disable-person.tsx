'use client'

import type { PersonView } from '@fairlead/contracts/identity'
import { sentences } from '@fairlead/contracts/sentences'
import { ConfirmDialog } from '@fairlead/ui/confirm-dialog'
import { useMutation } from '@tanstack/react-query'
import { toast } from '@/features/shell/toast'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'
import { asUser } from './brand'

type DisablePersonProps = { person: PersonView; disable: boolean; onClose: () => void }

export function DisablePerson({ person, disable, onClose }: DisablePersonProps) {
  const change = useMutation(useTRPC().person.disable.mutationOptions())
  const { title, description, confirmLabel, doneText } = wordsOf(person, disable)
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={title}
      description={description}
      confirmLabel={confirmLabel}
      tone={disable ? 'danger' : 'primary'}
      pending={change.isPending}
      error={change.error ? faultText(change.error) : null}
      onConfirm={() =>
        change.mutate(
          { user: asUser(person.id), disabled: disable },
          {
            onSuccess: () => {
              toast.success(doneText)
              onClose()
            },
          },
        )
      }
    />
  )
}

function faultText(error: unknown): string {
  const { message, detail } = faultOf(error)
  return sentences(message, detail.remedy)
}

function wordsOf(person: PersonView, disable: boolean) {
  if (person.invitedUntil !== null)
    return {
      title: `Withdraw the invitation of ${person.name}?`,
      description: 'The link stops working at once. You can invite again later.',
      confirmLabel: 'Withdraw',
      doneText: 'Invitation withdrawn',
    }
  if (disable)
    return {
      title: `Disable ${person.name}?`,
      description:
        'Every session ends and every API token is revoked at once; live pages close within a minute. Roles and history stay, and the account can be enabled again. Tokens stay revoked.',
      confirmLabel: 'Disable',
      doneText: `${person.name} is disabled`,
    }
  return {
    title: `Enable ${person.name}?`,
    description: 'They can sign in again with their password and have the roles they had.',
    confirmLabel: 'Enable',
    doneText: `${person.name} is enabled`,
  }
}
