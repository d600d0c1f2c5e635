'use client'

import { Button } from '@fairlead/ui/button'
import { Dialog } from '@fairlead/ui/dialog'
import { Field } from '@fairlead/ui/field'
import { Input } from '@fairlead/ui/input'
import { Select } from '@fairlead/ui/select'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { FaultCard } from '@/features/deploy/fault-card'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { poolDocument, slotsProblem, type PoolDraft } from './pool-document'

type PoolDialogProps = {
  /** An empty name makes a new one. */
  pool: PoolDraft
  projects: readonly string[]
  onClose: () => void
}

export function PoolDialog({ pool, projects, onClose }: PoolDialogProps) {
  const fresh = pool.name === ''
  const [draft, setDraft] = useState(pool)
  const [tried, setTried] = useState(false)
  const trpc = useTRPC()
  const queries = useQueryClient()
  const apply = useMutation(
    trpc.pool.apply.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: trpc.pool.pathKey() })
        toast.success(fresh ? 'Pool created' : 'Pool changed', {
          description: `${draft.project}/${draft.name}`,
        })
        onClose()
      },
    }),
  )
  const change = (part: Partial<PoolDraft>) => {
    apply.reset()
    setDraft({ ...draft, ...part })
  }
  const wrong = slotsProblem(draft.slots)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (wrong === null && draft.name !== '' && draft.project !== '' && !apply.isPending)
      apply.mutate({ document: poolDocument(draft), file: 'pool.yaml' })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={fresh ? 'New pool' : `Change ${pool.name}`}
      description="Tasks that name this pool share its slots: at most so many of them run at once. Zero slots hold all of them."
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {fresh ? (
          <div className="grid gap-3 sm:grid-cols-2">
            <Field label="Name" error={tried && draft.name === '' ? 'A name is needed.' : undefined}>
              <Input
                mono
                autoFocus
                value={draft.name}
                onChange={(event) => change({ name: event.target.value })}
              />
            </Field>
            <Field label="Project">
              <Select
                options={projects.map((value) => ({ value, label: value }))}
                value={draft.project === '' ? null : draft.project}
                onValueChange={(project) => change({ project })}
              />
            </Field>
          </div>
        ) : null}
        <Field label="Slots" error={tried && wrong !== null ? wrong : undefined}>
          <Input
            mono
            inputMode="numeric"
            autoFocus={!fresh}
            value={draft.slots}
            onChange={(event) => change({ slots: event.target.value })}
          />
        </Field>
        <Field label="What it guards" optional>
          <Input
            value={draft.description}
            onChange={(event) => change({ description: event.target.value })}
          />
        </Field>
        {apply.error ? <FaultCard title="The pool was not accepted" error={apply.error} /> : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" loading={apply.isPending}>
            {fresh ? 'Create' : 'Save'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
