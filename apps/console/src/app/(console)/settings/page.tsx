import { holds } from '@fairlead/contracts/permissions'
import { redirect } from 'next/navigation'
import { currentMe } from '@/server/shell'

/** Whoever may not manage people learns first what they may do. */
export default async function Page() {
  const me = await currentMe()
  const managesPeople = holds(me?.memberships ?? [], 'people.manage', { kind: 'any' })
  redirect(managesPeople ? '/settings/people' : '/settings/roles')
}
