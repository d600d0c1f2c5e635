import type { AppRouter } from '@fairlead/api/router'
import { createTRPCClient, httpLink } from '@trpc/client'
import superjson from 'superjson'

export type Api = ReturnType<typeof createTRPCClient<AppRouter>>

/** The API as a signed-in browser would call it: what a story sets up but is not about. */
export const apiOf = (url: string, cookie: string): Api =>
  createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${url}/api/trpc`, transformer: superjson, headers: { cookie, origin: url } })],
  })

export async function signInByApi(url: string, email: string, password: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  })
  if (!answer.ok) throw new Error(`${email} could not sign in: ${answer.status} ${await answer.text()}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .join('; ')
}
