import { isFairleadError } from '@fairlead/contracts/errors'
import { checkManifests } from '@fairlead/insight/checklist/check-manifests'
import { runsForLong } from '@fairlead/insight/checklist/workload-parts'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { KubeManifest } from '@fairlead/kube/kube-object'
import { listObjects } from '@fairlead/kube/objects'
import type { PlannedObject } from './object-plan'
import type { TargetContext } from './plan-context'
import { checkRoutes } from './route-checks'

/** One answer about one target, before the stage has weighed it. */
export interface TargetCheck {
  readonly check: string
  readonly kind: string
  readonly name: string
  readonly passed: boolean
  readonly message: string
}

/** null where they may not be read. */
async function liveBudgets(client: KubeClient, namespace: string): Promise<readonly unknown[] | null> {
  try {
    return await listObjects(client, { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' }, { namespace })
  } catch (error) {
    if (isFairleadError(error) && (error.code === 'cluster_denied' || error.code === 'not_found')) return null
    throw error
  }
}

/** The API server says so itself, in the warnings of the dry run. */
const deprecations = (planned: readonly PlannedObject[]): TargetCheck[] =>
  planned.flatMap(({ plan: { kind, name, notes } }) =>
    notes
      .filter((note) => /deprecated/i.test(note))
      .map((message) => ({ check: 'deprecated-api', kind, name, passed: false, message })),
  )

/** `objects`: the release as it is placed there, redacted. */
export async function targetChecks(
  { client, target: { namespace } }: Pick<TargetContext, 'client' | 'target'>,
  objects: readonly KubeManifest[],
  planned: readonly PlannedObject[],
): Promise<readonly TargetCheck[]> {
  const [budgets, routes] = await Promise.all([
    objects.some(runsForLong) ? liveBudgets(client, namespace) : [],
    checkRoutes({ client, namespace, objects }),
  ])
  return [
    ...checkManifests(objects, namespace, budgets).map(({ check, kind, name, passed, message }) => ({
      check,
      kind,
      name,
      passed,
      message,
    })),
    ...routes.map(({ kind, name, problems }) => ({
      check: 'route',
      kind,
      name,
      passed: problems.length === 0,
      message: problems.length === 0 ? 'what it names is there' : problems.join('; '),
    })),
    ...deprecations(planned),
  ]
}
