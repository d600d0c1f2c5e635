'use client'

import type { WatchedKind } from '@fairlead/contracts/kinds'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { BookCheck, Box, Monitor, Moon, Server, Shapes, Sun, Wind, Workflow } from 'lucide-react'
import { useTheme } from 'next-themes'
import { useDeferredValue } from 'react'
import { dagHref } from '@/features/airflow/addresses'
import { clusterHref } from '@/features/clusters/cluster-mark'
import { useFleet } from '@/features/clusters/use-clusters'
import { customHref } from '@/features/custom/addresses'
import { applicationHref } from '@/features/rollouts/addresses'
import type { PaletteItem } from '@/features/shell/palette'
import { PaletteResults } from '@/features/shell/palette-results'
import { workflowHref } from '@/features/workflows/addresses'
import { objectHref } from '@/features/workloads/object-address'
import { alone } from '@/live/api-client'
import { useTRPC } from '@/live/trpc'
import { leastLetters, objectQueryOf } from './object-query'
import { useSettled } from './use-settled'

type SourceProps = { text: string }

/** What the palette finds beyond the pages: clusters, objects in all of them, applications, DAGs. Mounted while it is open. */
export function PaletteSearch({ text }: SourceProps) {
  return (
    <>
      <Clusters text={text} />
      <Objects text={text} />
      <CustomKinds text={text} />
      <Applications text={text} />
      <Workflows text={text} />
      <Dags text={text} />
      <Themes text={text} />
    </>
  )
}

const atMost = 8
const contains = (words: string, text: string) => words.toLowerCase().includes(text.trim().toLowerCase())

function Clusters({ text }: SourceProps) {
  const { data } = useFleet()
  const found =
    data?.clusters.filter(({ name, environment }) => contains(`${name} ${environment}`, text)) ?? []
  return (
    <PaletteResults
      answered
      heading="Clusters"
      items={found.slice(0, atMost).map(({ id, name, environment }) => ({
        id: `cluster:${id}`,
        label: name,
        hint: environment,
        icon: <Server aria-hidden />,
        href: clusterHref(name),
      }))}
    />
  )
}

function Applications({ text }: SourceProps) {
  const { data } = useQuery(useTRPC().application.list.queryOptions({}))
  const found = data?.filter(({ name, project }) => contains(`${name} ${project}`, text)) ?? []
  return (
    <PaletteResults
      answered
      heading="Applications"
      items={found.slice(0, atMost).map(({ id, name, project }) => ({
        id: `application:${id}`,
        label: name,
        hint: project,
        icon: <BookCheck aria-hidden />,
        href: applicationHref({ project, application: name }),
      }))}
    />
  )
}

function Workflows({ text }: SourceProps) {
  const { data } = useQuery(useTRPC().workflow.list.queryOptions({}))
  const found = data?.filter(({ name, project }) => contains(`${name} ${project}`, text)) ?? []
  return (
    <PaletteResults
      answered
      heading="Workflows"
      items={found.slice(0, atMost).map(({ id, name, project }) => ({
        id: `workflow:${id}`,
        label: name,
        hint: project,
        icon: <Workflow aria-hidden />,
        href: workflowHref({ project, name }),
      }))}
    />
  )
}

/** DAGs of every connected Airflow: each is asked by itself, and one that is silent finds nothing. */
function Dags({ text }: SourceProps) {
  const trpc = useTRPC()
  const search = useSettled(useDeferredValue(text)).trim()
  const connections = useQuery(trpc.airflow.list.queryOptions({}))
  const names = search.length < leastLetters ? [] : (connections.data?.map(({ name }) => name) ?? [])
  const answers = useQueries({
    queries: names.map((connection) =>
      trpc.airflow.dags.queryOptions(
        { connection, text: search },
        { trpc: alone, retry: false, placeholderData: keepPreviousData },
      ),
    ),
  })
  const items = answers.flatMap(({ data, error }, place) => {
    const connection = names[place]
    if (connection === undefined || error || !data) return []
    return data.dags.slice(0, atMost).map(({ dag, title }) => ({
      id: `dag:${connection}/${dag}`,
      label: title,
      hint: `Airflow · ${connection}`,
      icon: <Wind aria-hidden />,
      href: dagHref({ connection, dag }),
    }))
  })
  return <PaletteResults answered heading="DAGs of Airflow" items={items} />
}

function Objects({ text }: SourceProps) {
  const trpc = useTRPC()
  const { data: fleet } = useFleet()
  const asked = objectQueryOf(useSettled(useDeferredValue(text)))
  const { data } = useQuery(
    trpc.object.list.queryOptions(
      {
        kinds: asked?.kinds ?? ['Deployment'],
        limit: 20,
        ...(asked?.search ? { search: asked.search } : {}),
      },
      { enabled: asked !== null, placeholderData: keepPreviousData, staleTime: 5_000 },
    ),
  )
  const nameOf = (id: string) => fleet?.clusters.find((cluster) => cluster.id === id)?.name
  if (asked === null) return null
  const items = (data?.rows ?? []).flatMap<PaletteItem>(({ uid, clusterId, kind, namespace, name }) => {
    const cluster = nameOf(clusterId)
    if (cluster === undefined) return []
    return [
      {
        id: `object:${uid}`,
        label: name,
        hint: [wordOf(kind), namespace, cluster].filter(Boolean).join(' · '),
        icon: <Box aria-hidden />,
        href: objectHref({ cluster, kind, namespace, name }),
      },
    ]
  })
  return <PaletteResults answered heading="In the clusters" items={items} />
}

/** Kinds that clusters define themselves: what is of them is not watched, but looked at. */
function CustomKinds({ text }: SourceProps) {
  const search = useSettled(useDeferredValue(text)).trim()
  const { data } = useQuery(
    useTRPC().custom.kinds.queryOptions(
      { search, limit: atMost },
      { enabled: search.length >= leastLetters, placeholderData: keepPreviousData },
    ),
  )
  if (search.length < leastLetters) return null
  const items = (data?.kinds ?? []).flatMap<PaletteItem>(({ clusterId, definition, kind }) => {
    const cluster = data?.clusters.find(({ id }) => id === clusterId)?.name
    if (cluster === undefined) return []
    return [
      {
        id: `custom:${clusterId}:${definition}`,
        label: kind,
        hint: `${definition} · ${cluster}`,
        icon: <Shapes aria-hidden />,
        href: customHref({ cluster, definition }),
      },
    ]
  })
  return <PaletteResults answered heading="Custom kinds" items={items} />
}

const wordOf = (kind: WatchedKind) => kind.toLowerCase()

const themes = [
  { theme: 'light', label: 'Light theme', icon: <Sun aria-hidden /> },
  { theme: 'dark', label: 'Dark theme', icon: <Moon aria-hidden /> },
  { theme: 'system', label: 'Theme as the system', icon: <Monitor aria-hidden /> },
] as const

function Themes({ text }: SourceProps) {
  const { theme, setTheme } = useTheme()
  const found = themes.filter(({ label }) => text.trim() !== '' && contains(label, text))
  return (
    <PaletteResults
      answered
      heading="Look"
      items={found.map((each) => ({
        id: `theme:${each.theme}`,
        label: each.label,
        icon: each.icon,
        ...(theme === each.theme ? { hint: 'chosen' } : {}),
        onSelect: () => setTheme(each.theme),
      }))}
    />
  )
}
