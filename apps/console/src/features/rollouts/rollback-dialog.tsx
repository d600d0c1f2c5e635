'use client'

import { Field } from '@fairlead/ui/field'
import { Select } from '@fairlead/ui/select'
import { Skeleton } from '@fairlead/ui/skeleton'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { StageFreeze } from '@/features/freeze/stage-freeze'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { rolloutHref } from './addresses'
import { ReasonDialog } from './reason-dialog'
import { releaseText } from './release-text'
import { ReleaseTag } from './release-tag'
import { UndoNote } from './undo-note'

type RollbackDialogProps = {
  project: string
  application: string
  /** The stage it was asked for; of several the person chooses. */
  stage?: string | undefined
  stages: readonly string[]
  onClose: () => void
}

const earlier = 'earlier'

/** Chooses stage and release, says what a rollback does not undo, and goes to the rollout it begins. */
export function RollbackDialog({ project, application, stage, stages, onClose }: RollbackDialogProps) {
  const trpc = useTRPC()
  const router = useRouter()
  const detail = useQuery(trpc.application.get.queryOptions({ project, application }))
  const [chosen, setChosen] = useState(stage && stages.includes(stage) ? stage : (stages[0] ?? null))
  const [release, setRelease] = useState(earlier)
  const rollback = useMutation(
    trpc.rollout.rollback.mutationOptions({
      onSuccess: ({ rollout, number }) => {
        onClose()
        toast.success('Rollback requested', { description: `${application} #${number}` })
        router.push(rolloutHref(rollout))
      },
    }),
  )
  const standing = detail.data?.stages.find(({ name }) => name === chosen)
  const present = standing?.current?.release ?? standing?.verified ?? null
  const options = [
    { value: earlier, label: 'The last verified release before this one' },
    ...(detail.data?.releases ?? [])
      .filter(({ number }) => number !== present?.number)
      .map((each) => ({
        value: String(each.number),
        label: releaseText(each),
        hint: `${each.author}, ${each.createdAt.slice(0, 16).replace('T', ' ')} UTC`,
      })),
  ]
  const confirm = (reason: string) => {
    if (chosen === null) return
    const to = release === earlier ? {} : { to: Number(release) }
    rollback.mutate({ project, application, stage: chosen, reason, ...to })
  }
  return (
    <ReasonDialog
      open
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={`Roll back ${application}`}
      confirmLabel="Roll back"
      tone="danger"
      typedName={standing?.environment === 'production' ? application : undefined}
      example="Error rate doubled after the release."
      pending={rollback.isPending}
      error={rollback.error ?? detail.error}
      onConfirm={confirm}
    >
      {stages.length > 1 ? (
        <Field label="Stage">
          <Select
            options={stages.map((name) => ({ value: name, label: name }))}
            value={chosen}
            onValueChange={setChosen}
          />
        </Field>
      ) : (
        <p className="text-sm">
          Stage <span className="font-medium">{chosen}</span>
        </p>
      )}
      {detail.data ? (
        <Field
          label="Back to"
          hint={
            present ? (
              <span className="inline-flex items-center gap-1.5">
                now there: <ReleaseTag release={present} />
              </span>
            ) : undefined
          }
        >
          <Select options={options} value={release} onValueChange={setRelease} />
        </Field>
      ) : (
        <Skeleton className="h-8" />
      )}
      {standing ? <StageFreeze action="rollback" application={application} stage={standing} /> : null}
      <UndoNote />
    </ReasonDialog>
  )
}
