'use client'

import type { AirflowConnectionView } from '@fairlead/contracts/airflow'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { FormDialog } from '../form-dialog'
import { ProjectChoice } from './project-choice'

type AirflowProjectsDialogProps = {
  connection: AirflowConnectionView
  onClose: () => void
  onDone: () => void
}

export function AirflowProjectsDialog({ connection, onClose, onDone }: AirflowProjectsDialogProps) {
  const { name } = connection
  const [projects, setProjects] = useState<readonly string[]>(connection.projects)
  const set = useMutation(
    useTRPC().airflow.setProjects.mutationOptions({
      onSuccess: () => {
        toast.success(`${name} is given anew`, {
          description: projects.length === 0 ? 'Administrators alone see it.' : projects.join(', '),
        })
        onDone()
        onClose()
      },
    }),
  )
  const submit = () => {
    set.mutate({ connection: name, projects: [...projects] })
  }
  return (
    <FormDialog
      title={`Who sees ${name}`}
      send="Save"
      sending={set.isPending}
      error={set.error}
      onSend={submit}
      onClose={onClose}
    >
      <ProjectChoice chosen={projects} onChange={setProjects} />
    </FormDialog>
  )
}
