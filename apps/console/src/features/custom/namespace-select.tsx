'use client'

import { Select } from '@fairlead/ui/select'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTRPC } from '@/live/trpc'

type NamespaceSelectProps = {
  /** Cluster name. */
  cluster: string
  /** null for all that one may see. */
  value: string | null
  onChange: (namespace: string | null) => void
}

const all = ''

/** Asked of the cluster, not picked from what came: a page holds but the first of many. */
export function NamespaceSelect({ cluster, value, onChange }: NamespaceSelectProps) {
  const { data } = useQuery(useTRPC().cluster.get.queryOptions({ cluster }))
  const options = useMemo(() => {
    const known = new Set(data?.namespaces.map(({ name }) => name) ?? [])
    if (value !== null) known.add(value)
    return [
      { value: all, label: 'All namespaces' },
      ...[...known].sort().map((name) => ({ value: name, label: name })),
    ]
  }, [data, value])
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
