'use client'

import type { WorkflowDetail } from '@fairlead/contracts/workflow'
import { Button } from '@fairlead/ui/button'
import { CodeBlock } from '@fairlead/ui/code-block'
import { DiffView } from '@fairlead/ui/diff-view'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { Select } from '@fairlead/ui/select'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { compareTexts } from '@/features/applications/compare-lines'
import { CardSkeleton } from '@/features/rollouts/card-skeleton'
import { useUrlParams } from '@/features/rollouts/url-param'
import { FaultState } from '@/live/fault-state'
import { useTRPC } from '@/live/trpc'

/** The document as it was written, of any version; and what changed between two. */
export function CodeTab({ workflow }: { workflow: WorkflowDetail }) {
  const { name, version, versions } = workflow
  const [params, setParams] = useUrlParams()
  const known = (number: string | null) => versions.find((each) => String(each.number) === number)?.number
  const shown = known(params.get('version')) ?? version
  const against = known(params.get('against')) ?? null
  const options = versions.map(({ number, author, createdAt }) => ({
    value: String(number),
    label: `Version ${number}${number === version ? ', current' : ''}`,
    hint: `${author}, ${createdAt.slice(0, 16).replace('T', ' ')} UTC`,
  }))
  const chosen = versions.find(({ number }) => number === shown)
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          label="Version"
          className="w-52"
          options={options}
          value={String(shown)}
          onValueChange={(value) => setParams({ version: value === String(version) ? null : value })}
        />
        <Select
          label="Compare with"
          className="w-56"
          options={[
            { value: 'none', label: 'Compare with nothing' },
            ...options.filter(({ value }) => value !== String(shown)),
          ]}
          value={against === null ? 'none' : String(against)}
          onValueChange={(value) => setParams({ against: value === 'none' ? null : value })}
        />
        {against === null && versions.some(({ number }) => number === shown - 1) ? (
          <Button variant="ghost" onClick={() => setParams({ against: String(shown - 1) })}>
            What changed in version {shown}
          </Button>
        ) : null}
        {chosen ? (
          <span className="ml-auto text-xs text-muted">
            by {chosen.author}, <RelativeTime at={chosen.createdAt} /> ·{' '}
            <span className="font-mono" title={chosen.digest}>
              {chosen.digest.slice(0, 12)}
            </span>
          </span>
        ) : null}
      </div>
      {against === null ? (
        <Source workflow={workflow} version={shown} file={`${name}.yaml`} />
      ) : (
        <Compared workflow={workflow} from={Math.min(against, shown)} to={Math.max(against, shown)} />
      )}
    </div>
  )
}

function useSource({ project, name, version: current, source }: WorkflowDetail, version: number) {
  const trpc = useTRPC()
  const asked = useQuery(
    trpc.workflow.source.queryOptions(
      { project, workflow: name, version },
      { staleTime: Infinity, enabled: version !== current },
    ),
  )
  return version === current
    ? { source, error: null }
    : { source: asked.data?.source ?? null, error: asked.error }
}

type SourceProps = { workflow: WorkflowDetail; version: number; file: string }

function Source({ workflow, version, file }: SourceProps) {
  const { source, error } = useSource(workflow, version)
  if (error) return <FaultState what="This version could not be read." error={error} right="project.view" />
  return source === null ? <CardSkeleton lines={14} /> : <CodeBlock title={file} code={source} />
}

function Compared({ workflow, from, to }: { workflow: WorkflowDetail; from: number; to: number }) {
  const [before, after] = [useSource(workflow, from), useSource(workflow, to)]
  const lines = useMemo(
    () =>
      before.source === null || after.source === null ? null : compareTexts(before.source, after.source),
    [before.source, after.source],
  )
  const error = before.error ?? after.error
  if (error) return <FaultState what="The versions could not be read." error={error} right="project.view" />
  if (lines === null) return <CardSkeleton lines={14} />
  return <DiffView title={`version ${from} → version ${to}`} lines={lines} same="The two say the same." />
}
