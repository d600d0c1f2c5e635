'use client'

import type { ProjectView } from '@fairlead/contracts/identity'
import { Button } from '@fairlead/ui/button'
import { Checkbox } from '@fairlead/ui/checkbox'
import { Field } from '@fairlead/ui/field'
import { IconButton } from '@fairlead/ui/icon-button'
import { Input } from '@fairlead/ui/input'
import { Select } from '@fairlead/ui/select'
import { Plus, Trash2 } from 'lucide-react'
import type { ApplicationDraft, StageDraft } from './example-document'

type NewApplicationFormProps = {
  draft: ApplicationDraft
  onChange: (draft: ApplicationDraft) => void
  projects: readonly ProjectView[]
}

/** The few questions from which a starting document is made. */
export function NewApplicationForm({ draft, onChange, projects }: NewApplicationFormProps) {
  const project = projects.find(({ name }) => name === draft.project)
  const setStage = (at: number, part: Partial<StageDraft>) =>
    onChange({
      ...draft,
      stages: draft.stages.map((stage, index) => (index === at ? { ...stage, ...part } : stage)),
    })
  return (
    <div className="space-y-4">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Name">
          <Input
            mono
            autoFocus
            placeholder="checkout"
            value={draft.name}
            onChange={(event) => onChange({ ...draft, name: event.target.value })}
          />
        </Field>
        <Field label="Project">
          <Select
            options={projects.map(({ name, description }) => ({
              value: name,
              label: name,
              ...(description ? { hint: description } : {}),
            }))}
            value={draft.project === '' ? null : draft.project}
            placeholder="Choose a project"
            onValueChange={(value) => onChange({ ...draft, project: value })}
          />
        </Field>
      </div>
      {draft.stages.map((stage, index) => (
        <StageFields
          key={index}
          stage={stage}
          index={index}
          application={draft.name}
          project={project}
          onChange={(part) => setStage(index, part)}
          onRemove={
            draft.stages.length > 1
              ? () => onChange({ ...draft, stages: draft.stages.filter((_, at) => at !== index) })
              : null
          }
        />
      ))}
      <Button
        size="sm"
        icon={<Plus aria-hidden />}
        onClick={() =>
          onChange({
            ...draft,
            stages: [...draft.stages, { name: '', cluster: '', namespace: draft.name, approval: true }],
          })
        }
      >
        Add a stage
      </Button>
    </div>
  )
}

type StageFieldsProps = {
  stage: StageDraft
  index: number
  application: string
  project: ProjectView | undefined
  onChange: (part: Partial<StageDraft>) => void
  /** Null for the only stage. */
  onRemove: (() => void) | null
}

function StageFields({ stage, index, application, project, onChange, onRemove }: StageFieldsProps) {
  const clusters = [...new Set((project?.destinations ?? []).map(({ cluster }) => cluster))]
  return (
    <fieldset className="flex flex-col gap-3 rounded-md border border-line px-3 pt-1 pb-3">
      <legend className="px-1 text-xs font-medium text-muted">Stage {index + 1}</legend>
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label="Name">
          <Input mono value={stage.name} onChange={(event) => onChange({ name: event.target.value })} />
        </Field>
        <Field label="Cluster">
          {clusters.length > 0 ? (
            <Select
              options={clusters.map((name) => ({ value: name, label: name }))}
              value={clusters.includes(stage.cluster) ? stage.cluster : null}
              onValueChange={(cluster) => onChange({ cluster })}
            />
          ) : (
            <Input
              mono
              value={stage.cluster}
              onChange={(event) => onChange({ cluster: event.target.value })}
            />
          )}
        </Field>
        <Field label="Namespace" hint={namespaceHint(project, stage.cluster)}>
          <Input
            mono
            placeholder={application || 'checkout'}
            value={stage.namespace}
            onChange={(event) => onChange({ namespace: event.target.value })}
          />
        </Field>
      </div>
      <div className="flex items-center justify-between gap-2">
        <Checkbox
          label="Someone else must approve it"
          checked={stage.approval}
          onCheckedChange={(approval) => onChange({ approval })}
        />
        {onRemove ? (
          <IconButton
            size="sm"
            label={`Remove stage ${index + 1}`}
            icon={<Trash2 aria-hidden />}
            onClick={onRemove}
          />
        ) : null}
      </div>
    </fieldset>
  )
}

function namespaceHint(project: ProjectView | undefined, cluster: string): string | undefined {
  const namespaces = (project?.destinations ?? [])
    .filter((destination) => destination.cluster === cluster)
    .map(({ namespace }) => namespace)
  if (namespaces.length === 0) return undefined
  return namespaces.includes('*') ? 'any namespace' : namespaces.join(', ')
}
