'use client'

import { ConfirmDialog } from '@fairlead/ui/confirm-dialog'
import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { FaultText } from '@/features/rollouts/reason-dialog'
import { useTRPC } from '@/live/trpc'
import { refOf, typedNameOf, type HandTarget } from './hand-target'
import { Meaning } from './meaning'
import { useTold } from './use-told'

type HandDialogProps = { target: HandTarget; onClose: () => void }

const most = 10_000

export function ScaleDialog({ target, onClose }: HandDialogProps) {
  const [text, setText] = useState(String(target.replicas ?? 1))
  const told = useTold()
  const scale = useMutation(useTRPC().workload.scale.mutationOptions())
  const wanted = /^\d{1,5}$/.test(text.trim()) ? Number(text) : null
  const wrong = wanted === null || wanted > most
  const toNone = wanted === 0 && target.replicas !== 0
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Scale ${target.name}`}
      confirmLabel={toNone ? 'Scale to none' : 'Scale'}
      tone={toNone ? 'danger' : 'primary'}
      typedName={toNone ? typedNameOf(target) : undefined}
      pending={scale.isPending}
      error={scale.error ? <FaultText error={scale.error} /> : undefined}
      onConfirm={() => {
        if (wanted === null || wrong) return
        scale.mutate(
          {
            ...refOf(target),
            replicas: wanted,
            ...(target.replicas === null ? {} : { from: target.replicas }),
            ...(toNone ? { confirm: target.name } : {}),
          },
          {
            onSuccess: (handled) => {
              told(`${target.name}: ${target.replicas ?? '?'} → ${wanted} requested`, handled)
              onClose()
            },
          },
        )
      }}
    >
      <Meaning target={target} hand="scale" />
      <Field
        label="Replicas"
        hint={target.replicas === null ? undefined : `It wants ${target.replicas} now.`}
        error={wrong ? `A whole number from 0 to ${most}.` : undefined}
      >
        <Input
          mono
          autoFocus
          inputMode="numeric"
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
    </ConfirmDialog>
  )
}
