import { Button } from '@fairlead/ui/button'
import { AuthFrame } from './auth-frame'
import { InvitationForm, type Invitation } from './invitation-form'
import { Notice } from './notice'

export function InvitationPage({ secret, invitation }: { secret: string; invitation: Invitation }) {
  return (
    <AuthFrame>
      <h1 className="text-xl font-semibold tracking-tight">
        {invitation.first ? 'Become the first administrator' : 'Join Fairlead'}
      </h1>
      <p className="mt-1 mb-6 text-muted">
        {invitation.first
          ? 'Nobody has an account here yet. Yours may do everything: invite others, register clusters, give roles.'
          : 'Choose a password; your roles are ready.'}
      </p>
      <InvitationForm secret={secret} invitation={invitation} />
    </AuthFrame>
  )
}

export function InvitationRefused({ message, remedy }: { message: string; remedy: string | undefined }) {
  return (
    <AuthFrame>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">This link does not work</h1>
      <Notice kind="error" title={message}>
        {remedy}
      </Notice>
      <div className="mt-6">
        <Button href="/sign-in">Go to sign-in</Button>
      </div>
    </AuthFrame>
  )
}
