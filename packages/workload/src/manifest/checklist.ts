import type { StagePlan } from '@fairlead/contracts/rollout'
import type { KubeManifest } from '@fairlead/kube/kube-object'
import { identityOf, wordsOf } from './object-key'
import { containersOf, podSpecOf, valueAt, type Container } from './pod-template'

type Check = StagePlan['checks'][number]
type Rule = (
  object: KubeManifest,
) => { readonly check: string; readonly failed: string; readonly passed: string; readonly ok: boolean } | null

const longRunning = new Set(['Deployment', 'StatefulSet', 'DaemonSet'])
const names = (containers: readonly Container[]): string => containers.map(({ name }) => name).join(', ')
const isFloating = (image: string): boolean => {
  if (image.includes('@')) return false
  const [, tag] = /:([^:/]+)$/.exec(image) ?? []
  return tag === undefined || tag === 'latest'
}

const rules: readonly Rule[] = [
  (object) => {
    const containers = containersOf(object)
    if (containers.length === 0) return null
    const floating = containers.filter(({ image }) => image !== undefined && isFloating(image))
    return {
      check: 'latest-tag',
      ok: floating.length === 0,
      passed: 'every image has a tag or digest',
      failed: `${names(floating)}: the image has no fixed tag, so a rollback may start another one`,
    }
  },
  (object) => {
    if (!longRunning.has(object.kind)) return null
    const without = (podSpecOf(object)?.containers ?? []).filter(
      (container) => container['readinessProbe'] == null,
    )
    return {
      check: 'readiness-probe',
      ok: without.length === 0,
      passed: 'every container has a readiness probe',
      failed: `${names(without)}: without a readiness probe, started counts as ready`,
    }
  },
  (object) => {
    if (!longRunning.has(object.kind)) return null
    const without = (podSpecOf(object)?.containers ?? []).filter(
      (container) => valueAt(container, ['resources', 'requests']) === undefined,
    )
    return {
      check: 'requests',
      ok: without.length === 0,
      passed: 'every container requests CPU or memory',
      failed: `${names(without)}: without requests the scheduler places pods blindly`,
    }
  },
  (object) => {
    if (object.kind !== 'Deployment' && object.kind !== 'StatefulSet') return null
    const replicas = valueAt(object, ['spec', 'replicas']) ?? 1
    return {
      check: 'replicas',
      ok: typeof replicas === 'number' && replicas > 1,
      passed: `${String(replicas)} replicas`,
      failed: `${String(replicas)} replica: any drain or crash is an outage`,
    }
  },
  (object) => {
    if (object.kind !== 'Deployment') return null
    const seconds = valueAt(object, ['spec', 'progressDeadlineSeconds'])
    return {
      check: 'progress-deadline',
      ok: seconds !== undefined,
      passed: `progressDeadlineSeconds is ${String(seconds)}`,
      failed: "progressDeadlineSeconds isn't set (Kubernetes takes 600 s); the stage's own deadline applies",
    }
  },
]

/** What an experienced reviewer would ask about; warnings, not gates. */
export const checklist = (objects: readonly KubeManifest[]): Check[] =>
  objects.flatMap((object) =>
    rules.flatMap((rule): Check[] => {
      const result = rule(object)
      if (result === null) return []
      const { check, ok, passed, failed } = result
      return [
        {
          check,
          severity: 'warn',
          passed: ok,
          message: ok ? passed : failed,
          object: wordsOf(identityOf(object)),
        },
      ]
    }),
  )
