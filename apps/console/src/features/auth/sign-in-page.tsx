import { AuthFrame } from './auth-frame'
import { SignInForm } from './sign-in-form'

export function SignInPage({ next, returning }: { next: string; returning: boolean }) {
  return (
    <AuthFrame>
      <h1 className="text-xl font-semibold tracking-tight">Sign in</h1>
      <p className="mt-1 mb-6 text-muted">All your clusters, desired beside actual.</p>
      <SignInForm next={next} returning={returning} />
      <p className="mt-6 border-t border-line pt-4 text-xs text-muted">
        No account, or a forgotten password? An administrator of this installation can send you an invitation
        link.
      </p>
    </AuthFrame>
  )
}
