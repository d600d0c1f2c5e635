import { Skeleton } from '@fairlead/ui/skeleton'
import type { ComponentProps } from 'react'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'
import { TopbarCrumbs } from '@/features/shell/crumbs'
import { airflowHome, connectionHref } from './addresses'
import { AirflowAnswer } from './airflow-answer'

type AirflowFrameProps<T> = Pick<ComponentProps<typeof AirflowAnswer<T>>, 'query' | 'what' | 'children'> & {
  connection: string
  /** Below the connection. */
  crumbs: ComponentProps<typeof TopbarCrumbs>['crumbs']
  /** What is being asked for, for who can't see that something is. */
  loading: string
  /** Of each card that is to come. */
  cards: readonly number[]
}

/** A page about something in one Airflow: where it stands, and what Airflow says of it. */
export function AirflowFrame<T>(props: AirflowFrameProps<T>) {
  const { connection, crumbs, loading, cards, query, what, children } = props
  return (
    <>
      <TopbarCrumbs
        crumbs={[
          { label: 'Workflows', href: '/workflows' },
          { label: 'Airflow', href: airflowHome },
          { label: connection, href: connectionHref(connection) },
          ...crumbs,
        ]}
      />
      <AirflowAnswer
        query={query}
        what={what}
        loading={
          <div role="status" aria-label={loading} className="space-y-4">
            <Skeleton className="h-8 w-72" />
            {cards.map((lines) => (
              <CardSkeleton key={lines} lines={lines} />
            ))}
          </div>
        }
      >
        {children}
      </AirflowAnswer>
    </>
  )
}
