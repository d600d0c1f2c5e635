'use client'

import { ClusterMark } from '@/features/clusters/cluster-mark'
import { useClusterNamed } from '@/features/clusters/use-clusters'

type ClusterNamedProps = { name: string; href?: null | undefined; className?: string }

/** A cluster that is known by its name alone; its colour and icon come with the fleet. */
export function ClusterNamed({ name, href, className }: ClusterNamedProps) {
  const { cluster } = useClusterNamed(name)
  return cluster ? (
    <ClusterMark cluster={cluster} href={href} compact className={className} />
  ) : (
    <span className={className}>{name}</span>
  )
}
