import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignInPage } from '@/features/auth/sign-in-page'
import { nextPath } from '@/features/auth/next-path'
import { currentActor } from '@/server/reader'

export const metadata: Metadata = { title: 'Sign in' }

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>
}) {
  const { next } = await searchParams
  const wanted = typeof next === 'string' ? next : undefined
  if ((await currentActor()).kind !== 'anonymous') redirect(nextPath(wanted))
  return <SignInPage next={nextPath(wanted)} returning={wanted !== undefined} />
}
