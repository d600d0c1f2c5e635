'use client'

import { Select } from '@fairlead/ui/select'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTRPC } from '@/live/trpc'

type NamespaceSelectProps = {
  /** Cluster name. */
  cluster: string
  /** Which one may ask for. */
  among: 'all' | readonly string[]
  /** null for all of them. */
  value: string | null
  onChange: (namespace: string | null) => void
}

const all = ''

/** Asked of the cluster, not picked from what came: a page holds but the first of many. */
export function NamespaceSelect({ cluster, among, value, onChange }: NamespaceSelectProps) {
  const { data } = useQuery(useTRPC().cluster.get.queryOptions({ cluster }, { enabled: among === 'all' }))
  const options = useMemo(() => {
    const known = new Set<string>(among === 'all' ? data?.namespaces.map(({ name }) => name) : among)
    if (value !== null) known.add(value)
    return [
      { value: all, label: 'All namespaces' },
      ...[...known].sort().map((name) => ({ value: name, label: name })),
    ]
  }, [data, among, value])
  return (
    <Select
      label="Namespace"
      options={options}
      value={value ?? all}
      onValueChange={(next) => onChange(next === all ? null : next)}
      className="w-48"
    />
  )
}
