'use client'

import { sentences } from '@fairlead/contracts/sentences'
import { DeniedState } from '@fairlead/ui/denied-state'
import { EmptyState } from '@fairlead/ui/empty-state'
import { ErrorState } from '@fairlead/ui/error-state'
import { SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { faultOf, type Fault } from './fault'

type FaultStateProps = {
  /** What could not be shown: "The clusters could not be loaded." */
  what: string
  error: unknown
  /** The right that this needs, as in contracts/permissions. */
  right: string
  where?: ReactNode
  onRetry?: (() => void) | undefined
  retrying?: boolean | undefined
}

const remedies: Partial<Record<Fault['code'], string>> = {
  offline: 'Check the connection to Fairlead; what was on screen is tried again.',
  unauthenticated: 'The session has ended. Sign in again.',
  cluster_unreachable: 'The cluster does not answer. Its page shows since when and why.',
  airflow_unreachable: 'Airflow does not answer. Settings, Airflow shows since when; it is asked again.',
  cluster_unauthorized: 'The cluster refuses the credential. Rotate it in Settings, Clusters.',
}

/** Failed or denied, in words: what, why, and who can change it. */
export function FaultState({ what, error, right, where, onRetry, retrying }: FaultStateProps) {
  const { code, message, detail } = faultOf(error)
  if (code === 'forbidden') {
    return (
      <DeniedState
        what={what}
        right={right}
        grantedBy={['administrators of the project or the installation']}
      >
        {message}
      </DeniedState>
    )
  }
  if (code === 'not_found') {
    return (
      <div className="rounded-lg border border-line bg-surface">
        <EmptyState icon={<SearchX aria-hidden />} title={what}>
          {message}
        </EmptyState>
      </div>
    )
  }
  const remedy = detail.remedy ?? remedies[code]
  return (
    <ErrorState
      what={what}
      where={where}
      remedy={sentences(message, remedy)}
      code={code}
      onRetry={onRetry}
      retrying={retrying}
    />
  )
}
