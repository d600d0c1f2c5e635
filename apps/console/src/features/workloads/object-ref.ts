import type { InputOf } from '@fairlead/contracts/surface'

/** What calls about one object take: its cluster by id. */
export type ObjectRef = InputOf<'workload.get'>
