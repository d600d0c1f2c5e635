import { z } from 'zod'
import {
  applicationIdSchema,
  clusterIdSchema,
  drainIdSchema,
  driftIdSchema,
  rolloutIdSchema,
  runIdSchema,
} from './ids'

/**
 * Every bell that may be rung. A bell carries a key, never a payload: whoever answers reads Postgres.
 * A worker refuses to start when a bell it serves has no handler, or two.
 */
export const doorbells = {
  rollout: { key: rolloutIdSchema, answeredBy: 'workload-worker' },
  drift: { key: driftIdSchema, answeredBy: 'workload-worker' },
  source: { key: applicationIdSchema, answeredBy: 'workload-worker' },
  drain: { key: drainIdSchema, answeredBy: 'workload-worker' },
  run: { key: runIdSchema, answeredBy: 'workflow-worker' },
  cluster: { key: clusterIdSchema, answeredBy: 'cluster-watcher' },
} as const

export type Doorbell = keyof typeof doorbells
export type DoorbellKey<D extends Doorbell> = z.infer<(typeof doorbells)[D]['key']>

export interface Bell {
  readonly doorbell: Doorbell
  readonly key: string
}
