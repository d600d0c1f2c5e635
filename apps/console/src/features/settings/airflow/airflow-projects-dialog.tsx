'use client'

import type { AirflowConnectionView } from '@fairlead/contracts/airflow'
import { Button } from '@fairlead/ui/button'
import { Dialog } from '@fairlead/ui/dialog'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { toast } from '@/features/shell/toast'
import { useTRPC } from '@/live/trpc'
import { FaultLine } from '../fault-line'
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
  const submit = (event: FormEvent) => {
    event.preventDefault()
    set.mutate({ connection: name, projects: [...projects] })
  }
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title={`Who sees ${name}`}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <ProjectChoice chosen={projects} onChange={setProjects} />
        <FaultLine error={set.error} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" loading={set.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
