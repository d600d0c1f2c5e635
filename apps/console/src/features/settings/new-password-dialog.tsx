'use client'

import type { PersonView } from '@fairlead/contracts/identity'
import { Button } from '@fairlead/ui/button'
import { Dialog } from '@fairlead/ui/dialog'
import { exactText } from '@fairlead/ui/time-text'
import { useMutation } from '@tanstack/react-query'
import { useTRPC } from '@/live/trpc'
import { FaultLine } from './fault-line'
import { SecretOnce } from './secret-once'

type NewPasswordDialogProps = { person: PersonView; onClose: () => void }

/** For a forgotten password: inviting somebody who has an account gives a link to choose a new one. */
export function NewPasswordDialog({ person, onClose }: NewPasswordDialogProps) {
  const invite = useMutation(useTRPC().person.invite.mutationOptions())
  const { name, email } = person
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title={`New password for ${name}`}>
      {invite.data ? (
        <div className="flex flex-col gap-4">
          <SecretOnce
            title="One-time link"
            secret={`${window.location.origin}/invitation/${invite.data.secret}`}
            hint={`Send it to ${email} by a way you trust. It works once, until ${exactText(new Date(invite.data.expiresAt))}.`}
          />
          <div className="flex justify-end">
            <Button variant="primary" onClick={onClose}>
              Done
            </Button>
          </div>
        </div>
      ) : (
        <div className="flex flex-col gap-4">
          <p className="text-muted">
            The link lets {name} choose a new password. Until it is used the old one works; using it ends
            every session of {name}.
          </p>
          <FaultLine error={invite.error} />
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button
              variant="primary"
              loading={invite.isPending}
              onClick={() => invite.mutate({ name, email, memberships: [] })}
            >
              Create the link
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  )
}
