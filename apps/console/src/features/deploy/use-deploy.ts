'use client'

import type { ApplicationDetail } from '@fairlead/contracts/application'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { toast } from '@/features/shell/toast'
import { rolloutHref } from '@/features/rollouts/addresses'
import { alone } from '@/live/api-client'
import { useTRPC, useTRPCClient } from '@/live/trpc'
import type { PlanInput } from './deploy-input'

type UseDeploy = {
  application: ApplicationDetail
  input: PlanInput | string
  reason: string
  /** What was typed to confirm deletions. */
  typed: string
  onRequested: () => void
}

export type Deploying = ReturnType<typeof useDeploy>

/** Plan and request, and why either is not possible now. */
export function useDeploy({ application, input, reason, typed, onRequested }: UseDeploy) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const router = useRouter()
  const planning = useMutation({
    mutationFn: async (asked: PlanInput) => ({
      plan: await client.rollout.plan.query(asked, alone),
      asked: JSON.stringify(asked),
    }),
  })
  const deploying = useMutation(
    trpc.rollout.deploy.mutationOptions({
      onSuccess: ({ rollout, number }) => {
        onRequested()
        toast.success('Deploy requested', { description: `${application.name} #${number}` })
        router.push(rolloutHref(rollout))
      },
    }),
  )
  const { deployable } = application
  const mayNot = deployable.passed ? null : (deployable.reason ?? 'This can not be deployed now.')
  const missing = typeof input === 'string' ? input : null
  const outdated = planning.data !== undefined && planning.data.asked !== JSON.stringify(input)
  const [first] = planning.data?.plan.stages ?? []
  const blocked = first && first.blockers.length > 0 ? `${first.stage}: ${first.blockers.join(' ')}` : null
  const confirm = planning.data?.plan.stages.flatMap((stage) => stage.confirm ?? []) ?? []
  const unconfirmed =
    confirm.length > 0 && typed !== application.name
      ? `The plan deletes much: type ${application.name} to confirm it.`
      : null
  const whyNoPlan = mayNot ?? missing
  const whyNoRequest =
    whyNoPlan ??
    (planning.data === undefined
      ? 'Plan first: the request is for what the plan shows.'
      : outdated
        ? 'What is on the left has changed since the plan. Plan again.'
        : (blocked ?? unconfirmed))
  return {
    outdated,
    whyNoPlan,
    whyNoRequest,
    confirm: outdated ? [] : confirm,
    plan: {
      data: planning.data?.plan,
      error: planning.error,
      isPending: planning.isPending,
      run: () => {
        if (typeof input !== 'string' && !planning.isPending) planning.mutate(input)
      },
    },
    deploy: {
      error: deploying.error,
      isPending: deploying.isPending,
      run: () => {
        if (typeof input !== 'string' && !deploying.isPending)
          deploying.mutate({
            ...input,
            reason,
            ...(confirm.length > 0 ? { confirmPrune: application.name } : {}),
          })
      },
    },
  }
}
