import { isFairleadError } from '@fairlead/contracts/errors'
import type { Metadata } from 'next'
import { InvitationPage, InvitationRefused } from '@/features/auth/invitation-page'
import { showInvitation } from '@/server/invitation'

// The address is a secret: it must not travel on in a Referer header.
export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' }

export default async function Page({ params }: { params: Promise<{ secret: string }> }) {
  const { secret } = await params
  try {
    return <InvitationPage secret={secret} invitation={await showInvitation(secret)} />
  } catch (error) {
    if (!isFairleadError(error)) throw error
    return <InvitationRefused message={error.message} remedy={error.detail.remedy} />
  }
}
