'use client'

import type { AirflowHealth } from '@fairlead/contracts/airflow'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { StatusMark } from '@fairlead/ui/status-mark'
import { useQuery } from '@tanstack/react-query'
import { faultOf } from '@/live/fault'
import { useTRPC } from '@/live/trpc'
import { asked, listEveryMs } from './asked'

/** Asked anew while it is on screen: what does not answer is silent, whatever it said before. */
export function ConnectionHealth({ connection }: { connection: string }) {
  const health = useQuery(useTRPC().airflow.health.queryOptions({ connection }, asked(listEveryMs)))
  if (health.error) return <StatusMark tone="unknown" word="Unknown" reason={faultOf(health.error).message} />
  if (!health.data) return <StatusMark tone="unknown" word="Asking" />
  return <HealthMark health={health.data} />
}

function HealthMark({ health: { state, message, answeredAt } }: { health: AirflowHealth }) {
  if (state === 'healthy')
    return (
      <StatusMark
        tone="ok"
        word="Healthy"
        reason={answeredAt ? <RelativeTime at={answeredAt} /> : undefined}
      />
    )
  if (state === 'unhealthy') return <StatusMark tone="failing" word="Unhealthy" reason={message} />
  const since =
    answeredAt === null ? (
      'never heard since this console started'
    ) : (
      <>
        last heard <RelativeTime at={answeredAt} />
      </>
    )
  return (
    <span title={message} className="flex min-w-0">
      <StatusMark tone="unknown" word="Silent" reason={since} />
    </span>
  )
}
