import type { WorkloadDeps } from '../workload-deps'

export type DriftDeps = Omit<WorkloadDeps, 'workflows' | 'waivers'>
export type DriftRow = NonNullable<Awaited<ReturnType<typeof rowOf>>>

export const rowOf = ({ db }: DriftDeps, id: string) => db.stageDrift.findUnique({ where: { id } })
