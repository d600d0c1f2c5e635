'use client'

import type { WorkloadDetail } from '@fairlead/contracts/inventory'
import { FilterInput } from '@fairlead/ui/filter-input'
import { IconButton } from '@fairlead/ui/icon-button'
import { LogView } from '@fairlead/ui/log-view'
import { Select } from '@fairlead/ui/select'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { Switch } from '@fairlead/ui/switch'
import { Download } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTextParam } from '@/features/fleet/use-text-param'
import { useUrlParams } from '@/features/rollouts/url-param'
import { pausedText } from '@/live/fault'
import { FaultState } from '@/live/fault-state'
import { downloadText } from './download-text'
import type { BufferedLine } from './log-buffer'
import { levelOf } from './log-level'
import type { ObjectRef } from './object-ref'
import { useLogs } from './use-logs'
import { WrappedLog } from './wrapped-log'

type LogsTabProps = { detail: WorkloadDetail; objectRef: ObjectRef }

export default function LogsTab({ detail, objectRef }: LogsTabProps) {
  const [params, set] = useUrlParams()
  const [search, setSearch] = useTextParam('q')
  const [follow, setFollow] = useState(true)
  const [only, setOnly] = useState(false)
  const container = params.get('container')
  const previous = params.get('previous') !== null
  const wrap = params.get('wrap') !== null
  const logs = useLogs(objectRef, { container, previous }, true)
  const wanted = useDeferredValue(search)
  const lines = useMemo(
    () => shownLines(logs.buffer.lines, { search: only ? wanted : '', onePod: detail.pods.length === 1 }),
    [logs.buffer.lines, wanted, only, detail.pods.length],
  )
  if (logs.error && !logs.buffer.lines.length)
    return <FaultState what="The logs could not be read." error={logs.error} right="logs.view" />
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <FilterInput
          label="Search the log"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Switch checked={only} onCheckedChange={setOnly} label="Only matches" />
        <ContainerSelect
          detail={detail}
          container={container}
          onContainer={(next) => set({ container: next })}
        />
        <Switch
          checked={previous}
          onCheckedChange={(on) => set({ previous: on ? '1' : null })}
          label="Previous"
        />
        <Switch checked={wrap} onCheckedChange={(on) => set({ wrap: on ? '1' : null })} label="Wrap" />
        <span className="ml-auto flex items-center gap-2 text-xs text-muted">
          <span role="status">{lines.length.toLocaleString('en')} lines</span>
          <IconButton
            label="Download"
            icon={<Download aria-hidden />}
            onClick={() => downloadText(`${detail.row.name}.log`, textOf(logs.buffer.lines))}
          />
        </span>
      </div>
      <Trouble missing={logs.missing} error={logs.error} />
      {!logs.loaded ? (
        <SkeletonRows rows={14} label="Reading logs" className="rounded-lg border border-line bg-surface" />
      ) : wrap ? (
        <WrappedLog label="Log" lines={lines} search={wanted} follow={follow} className={logHeight} />
      ) : (
        <LogView
          label="Log"
          lines={lines}
          search={wanted}
          follow={follow}
          onFollowChange={setFollow}
          showTime
          empty={emptyWords(detail, previous)}
          className={logHeight}
        />
      )}
    </div>
  )
}

const logHeight = 'h-[calc(100dvh-21rem)] min-h-72'

type ContainerSelectProps = {
  detail: WorkloadDetail
  container: string | null
  onContainer: (container: string | null) => void
}

function ContainerSelect({ detail, container, onContainer }: ContainerSelectProps) {
  const names = useMemo(
    () => [...new Set(detail.pods.flatMap((pod) => pod.containers.map(({ name }) => name)))],
    [detail.pods],
  )
  if (names.length < 2) return null
  return (
    <Select
      label="Container"
      className="w-44"
      value={container ?? ''}
      onValueChange={(next) => onContainer(next === '' ? null : next)}
      options={[
        { value: '', label: 'All containers' },
        ...names.map((name) => ({ value: name, label: name })),
      ]}
    />
  )
}

function Trouble({ missing, error }: { missing: readonly string[]; error: unknown }) {
  if (!error && missing.length === 0) return null
  return (
    <p role="status" className="rounded-md bg-progress-soft px-3 py-2 text-xs text-progress">
      {error ? `${pausedText(error)} ` : ''}
      {missing.length > 0 ? `Not read: ${missing.join('; ')}` : ''}
    </p>
  )
}

const timeOf = (at: string): string => at.slice(11, 23)

function shownLines(lines: readonly BufferedLine[], { search, onePod }: { search: string; onePod: boolean }) {
  const wanted = search.toLowerCase()
  const chosen = wanted === '' ? lines : lines.filter(({ text }) => text.toLowerCase().includes(wanted))
  const oneContainer = new Set(lines.map(({ container }) => container)).size === 1
  return chosen.map(({ id, text, pod, container, at }) => ({
    id,
    text,
    source: onePod ? container : oneContainer ? pod : `${pod}/${container}`,
    at: at === null ? undefined : timeOf(at),
    level: levelOf(text),
  }))
}

const textOf = (lines: readonly BufferedLine[]): string =>
  lines
    .map(({ at, pod, container, text }) => `${at ?? ''} ${pod}/${container} ${text}`.trimStart())
    .join('\n')

function emptyWords({ pods }: WorkloadDetail, previous: boolean): string {
  if (previous) return 'No container has ended before: there is no previous log.'
  return pods.length === 0 ? 'There is no pod, so there is no log.' : 'No line yet.'
}
