import type { KubeObject } from '@fairlead/kube/kube-object'
import { z } from 'zod'

const containerSchema = z.looseObject({ name: z.string(), image: z.string().optional() })
export type Container = z.infer<typeof containerSchema>

const podSpecSchema = z.looseObject({
  containers: z.array(containerSchema).default([]),
  initContainers: z.array(containerSchema).nullish(),
})
export type PodSpec = z.infer<typeof podSpecSchema>

const templatePaths: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  Deployment: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
}

/** Where the pod specification of a kind lies; undefined for kinds that run no pods. */
export const podSpecPath = (kind: string): readonly string[] | undefined =>
  Object.hasOwn(templatePaths, kind) ? templatePaths[kind] : undefined

export function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined
    at = (at as Record<string, unknown>)[part]
  }
  return at
}

export function podSpecOf(object: KubeObject): PodSpec | null {
  const path = podSpecPath(object.kind)
  if (path === undefined) return null
  const parsed = podSpecSchema.safeParse(valueAt(object, path))
  return parsed.success ? parsed.data : null
}

export const containersOf = (object: KubeObject): readonly Container[] => {
  const spec = podSpecOf(object)
  return spec === null ? [] : [...spec.containers, ...(spec.initContainers ?? [])]
}

/** Every image of the objects, once each, sorted. */
export const imagesOf = (objects: readonly KubeObject[]): string[] =>
  [
    ...new Set(
      objects.flatMap((object) =>
        containersOf(object).flatMap(({ image }) => (image === undefined ? [] : [image])),
      ),
    ),
  ].sort()

/** Kinds whose verdict decides whether a rollout has converged. */
export const judgedKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'] as const
export const isJudged = (object: { readonly kind: string; readonly apiVersion: string }): boolean =>
  (judgedKinds as readonly string[]).includes(object.kind) && /^(apps|batch)\//.test(object.apiVersion)
