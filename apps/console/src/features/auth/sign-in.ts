export type SignInOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number; readonly locked: boolean }
  | { readonly kind: 'failed'; readonly message: string }

/** Asks for a session; the cookie is set by the answer. */
export async function signIn(email: string, password: string): Promise<SignInOutcome> {
  let response: Response
  try {
    response = await fetch('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: email.trim(), password }),
    })
  } catch {
    return { kind: 'failed', message: 'Fairlead does not answer. Is it still running?' }
  }
  if (response.ok) return { kind: 'done' }
  const code = await codeOf(response)
  if (response.status === 429) {
    const retryAfterSeconds = Number(response.headers.get('x-retry-after') ?? 60)
    return { kind: 'limited', retryAfterSeconds, locked: code === 'LOCKED_OUT' }
  }
  if (code === 'ACCOUNT_DISABLED') return { kind: 'disabled' }
  if (response.status === 400 || response.status === 401) return { kind: 'wrong' }
  return { kind: 'failed', message: `Fairlead could not sign you in (${code ?? response.status}).` }
}

async function codeOf(response: Response): Promise<string | undefined> {
  try {
    const body = (await response.json()) as { code?: string }
    return body.code
  } catch {
    return undefined
  }
}
