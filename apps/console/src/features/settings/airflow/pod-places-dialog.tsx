'use client'

import type { AirflowConnectionView } from '@fairlead/contracts/airflow'
import { Field } from '@fairlead/ui/field'
import { Textarea } from '@fairlead/ui/textarea'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { FormDialog } from '../form-dialog'

type PodPlacesDialogProps = {
  connection: AirflowConnectionView
  onClose: () => void
  onDone: () => void
}

/** Where the pods of its tasks are looked for; what the reader may see of those places stays as it is. */
export function PodPlacesDialog({ connection, onClose, onDone }: PodPlacesDialogProps) {
  const { name, podPlaces } = connection
  const [text, setText] = useState(podPlaces.join('\n'))
  const places = text.split(/[\s,]+/).filter((place) => place !== '')
  const set = useMutation(
    useTRPC().airflow.setPodPlaces.mutationOptions({
      onSuccess: () => {
        const where = places.length === 0 ? 'They are looked for anywhere.' : places.join(', ')
        toast.success(`Where ${name} makes its pods is set`, { description: where })
        onDone()
        onClose()
      },
    }),
  )
  const submit = () => {
    set.mutate({ connection: name, places })
  }
  return (
    <FormDialog
      title={`Where ${name} makes its pods`}
      description="Pods of KubernetesExecutor and KubernetesPodOperator are joined to their tasks. Two Airflows whose DAGs are called alike are told apart by where they make them."
      send="Save"
      sending={set.isPending}
      error={set.error}
      onSend={submit}
      onClose={onClose}
    >
      <Field
        label="Clusters and namespaces"
        optional
        hint="One a line: cluster/namespace, or cluster/* for all of it. Empty: anywhere."
      >
        <Textarea
          mono
          autoFocus
          placeholder="staging/airflow"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
    </FormDialog>
  )
}
