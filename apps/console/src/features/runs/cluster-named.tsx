'use client'

import { connectionOf } from '@fairlead/contracts/airflow-place'
import { Badge } from '@fairlead/ui/badge'
import { Wind } from 'lucide-react'
import { ClusterMark } from '@/features/clusters/cluster-mark'
import { useClusterNamed } from '@/features/clusters/use-clusters'

type ClusterNamedProps = { name: string; href?: null | undefined; className?: string }

/** A cluster, or a connected Airflow, that is known by its name alone. */
export function ClusterNamed(props: ClusterNamedProps) {
  const connection = connectionOf(props.name)
  if (connection === null) return <Named {...props} />
  return (
    <Badge icon={<Wind aria-hidden />} className={props.className}>
      Airflow {connection}
    </Badge>
  )
}

/** Its colour and icon come with the fleet. */
function Named({ name, href, className }: ClusterNamedProps) {
  const { cluster } = useClusterNamed(name)
  return cluster ? (
    <ClusterMark cluster={cluster} href={href} compact className={className} />
  ) : (
    <span className={className}>{name}</span>
  )
}
