import type { Metadata } from 'next'
import { RegisterPage } from '@/features/register-cluster/register-page'
import { Prefetched } from '@/server/prefetched'
import { api } from '@/server/reader'

export const metadata: Metadata = { title: 'Register cluster' }

export default function Page() {
  return (
    <Prefetched queries={[api.session.me.queryOptions({})]}>
      <RegisterPage />
    </Prefetched>
  )
}
