'use client'

import { Button } from '@fairlead/ui/button'
import { DeniedState } from '@fairlead/ui/denied-state'
import { AuthFrame } from './auth-frame'
import { signOut } from './sign-out'

/** Signed in, but nobody has given a role yet. */
export function NoRole({ email }: { email: string }) {
  return (
    <AuthFrame>
      <DeniedState
        what="You are signed in, but you have no role yet."
        right="self.use"
        grantedBy={['an administrator, under Settings, People']}
      >
        Signed in as {email}. This page opens as soon as somebody has given you a role; reload it then.
      </DeniedState>
      <div className="mt-4 flex justify-center">
        <Button onClick={() => void signOut()}>Sign out</Button>
      </div>
    </AuthFrame>
  )
}
