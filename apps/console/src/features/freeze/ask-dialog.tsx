'use client'

import type { ClusterId, RolloutId } from '@fairlead/contracts/ids'
import type { InputOf } from '@fairlead/contracts/surface'
import { maxExceptionMinutes } from '@fairlead/contracts/freeze-states'
import { Button } from '@fairlead/ui/button'
import { Dialog } from '@fairlead/ui/dialog'
import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { Select } from '@fairlead/ui/select'
import { Textarea } from '@fairlead/ui/textarea'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { FaultLine } from '@/features/settings/fault-line'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'

interface About {
  readonly rollout: string | null
  readonly project: string | null
  readonly application: string | null
  readonly cluster: string | null
}
type AskDialogProps = { about: About; onClose: () => void }

/** Asks for leave to act in spite of a window: opens nothing before a second person confirms it. */
export function AskDialog({ about, onClose }: AskDialogProps) {
  const ask = useMutation(useTRPC().exception.ask.mutationOptions())
  const [target, setTarget] = useState<Target | null>(() => targetOf(about))
  const [reason, setReason] = useState('')
  const [minutes, setMinutes] = useState('60')
  const count = /^\d{1,3}$/.test(minutes) ? Number(minutes) : 0
  const wrong = count < 5 || count > maxExceptionMinutes
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (target === null || wrong) return
    ask.mutate(
      { ...target.input, reason, minutes: count },
      {
        onSuccess: () => {
          toast.success('Asked', { description: 'A second person can confirm it under Approvals.' })
          onClose()
        },
      },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Ask for an exception"
      description="A second person has to confirm it, never you. Then it holds for that long, ends by itself, and a third person reviews it."
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {about.rollout === null && about.application === null && about.cluster === null ? (
          <PickTarget target={target} onTarget={setTarget} />
        ) : (
          <p className="text-sm">
            For <span className="font-medium">{target?.words}</span>
          </p>
        )}
        <Field label="Reason" hint="Stands in the audit log and on the screens that it is about.">
          <Textarea
            rows={3}
            required
            maxLength={500}
            autoFocus
            placeholder="Checkout answers 500 since 21:40; the fix is in release 14."
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        <Field
          label="Minutes"
          hint="From the confirmation on."
          error={wrong ? `A whole number from 5 to ${maxExceptionMinutes}.` : undefined}
        >
          <Input
            mono
            inputMode="numeric"
            autoComplete="off"
            value={minutes}
            onChange={(event) => setMinutes(event.target.value)}
          />
        </Field>
        <FaultLine error={ask.error} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            loading={ask.isPending}
            disabledReason={target === null ? 'Choose first what it is for.' : null}
          >
            Ask
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

interface Target {
  readonly key: string
  readonly words: string
  readonly input: Pick<InputOf<'exception.ask'>, 'rollout' | 'application' | 'cluster'>
}

function targetOf({ rollout, project, application, cluster }: About): Target | null {
  if (rollout !== null)
    return { key: rollout, words: 'this rollout', input: { rollout: rollout as RolloutId } }
  if (application !== null) {
    const name = project === null ? application : `${project}/${application}`
    return {
      key: name,
      words: name,
      input: { application: { application, ...(project === null ? {} : { project }) } },
    }
  }
  if (cluster === null) return null
  return { key: cluster, words: 'everything on this cluster', input: { cluster: cluster as ClusterId } }
}

type PickTargetProps = { target: Target | null; onTarget: (target: Target) => void }

/** An application, or a whole cluster; a rollout is asked for on its own page. */
function PickTarget({ target, onTarget }: PickTargetProps) {
  const trpc = useTRPC()
  const applications = useQuery(trpc.application.list.queryOptions({}))
  const fleet = useQuery(trpc.fleet.get.queryOptions({}))
  const targets: Target[] = [
    ...(applications.data ?? []).flatMap(
      ({ project, name }) => targetOf({ rollout: null, project, application: name, cluster: null }) ?? [],
    ),
    ...(fleet.data?.clusters ?? []).map(({ id, name }) => ({
      key: id,
      words: `everything on ${name}`,
      input: { cluster: id as ClusterId },
    })),
  ]
  return (
    <Field label="For" hint="For one rollout, ask on its page.">
      <Select
        options={targets.map(({ key, words }) => ({ value: key, label: words }))}
        value={target?.key ?? null}
        onValueChange={(key) => {
          const found = targets.find((one) => one.key === key)
          if (found) onTarget(found)
        }}
      />
    </Field>
  )
}
