import { createHash } from 'node:crypto'
import { FairleadError } from '@fairlead/contracts/errors'
import { taskAnnotationKeys, taskLabelKeys } from '@fairlead/contracts/labels'
import type { AttemptStart, TaskSpec } from '@fairlead/contracts/task-runner'
import type { KubeManifest } from '@fairlead/kube/kube-object'
import { z } from 'zod'

/** Where a container writes its outputs: the kubelet keeps at most 4,096 bytes of it, the last ones. */
export const outputFile = '/dev/termination-log'

export interface JobSettings {
  /** The installation, as a label value. */
  readonly owner: string
  /** Between SIGTERM and SIGKILL, where the pod template says nothing. */
  readonly graceSeconds: number
}

const fields = z.record(z.string(), z.unknown())
const texts = z.record(z.string(), z.string()).nullish()
const containerSchema = z.looseObject({
  name: z.string().optional(),
  env: z.array(z.looseObject({ name: z.string() })).nullish(),
  resources: z.looseObject({ requests: fields.nullish(), limits: fields.nullish() }).nullish(),
})
const templateSchema = z.strictObject({
  metadata: z.looseObject({ labels: texts, annotations: texts }).optional(),
  spec: z
    .looseObject({
      containers: z.array(containerSchema).nullish(),
      serviceAccountName: z.string().optional(),
    })
    .optional(),
})
type Template = z.infer<typeof templateSchema>
type Container = z.infer<typeof containerSchema>

const isLabelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/

/** The text itself where Kubernetes takes it as a label's value; else what is left of it and a hash of the whole. */
export function labelValue(text: string): string {
  if (isLabelValue.test(text)) return text
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12)
  const readable = text.replace(/[^-A-Za-z0-9_.]+/g, '-').slice(0, 48)
  return `${readable.replace(/^[^A-Za-z0-9]+/, '')}-${hash}`.replace(/^-/, '')
}

export const labelsOf = (attempt: AttemptStart, owner: string): Record<string, string> => ({
  [taskLabelKeys.managedBy]: 'fairlead',
  [taskLabelKeys.owner]: owner,
  [taskLabelKeys.attempt]: attempt.key,
  [taskLabelKeys.run]: labelValue(attempt.run),
  [taskLabelKeys.workflow]: labelValue(attempt.workflow),
  [taskLabelKeys.task]: labelValue(attempt.task),
})

export const annotationsOf = (attempt: AttemptStart): Record<string, string> => ({
  [taskAnnotationKeys.project]: attempt.project,
  [taskAnnotationKeys.workflow]: attempt.workflow,
  [taskAnnotationKeys.run]: attempt.run,
  [taskAnnotationKeys.task]: attempt.task,
  [taskAnnotationKeys.index]: String(attempt.index),
  [taskAnnotationKeys.attempt]: String(attempt.attempt),
  [taskAnnotationKeys.specHash]: attempt.specHash,
})

/**
 * One container, once: Kubernetes never starts a second pod of its own, and nothing collects the finished Job before
 * `cleanup`. There is no TTL, and no finalizer either: a console that is gone must not keep a namespace from going.
 * Throws `invalid` for a pod template that is none.
 */
export function jobOf(attempt: AttemptStart, settings: JobSettings): KubeManifest {
  const template = templateOf(attempt.spec.podTemplate)
  const labels = labelsOf(attempt, settings.owner)
  const annotations = annotationsOf(attempt)
  const [first, ...others] = template.spec?.containers ?? []
  const container = containerOf(attempt, first ?? {})
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: attempt.key, namespace: attempt.spec.namespace, labels, annotations },
    spec: {
      parallelism: 1,
      completions: 1,
      backoffLimit: 0,
      podReplacementPolicy: 'Failed',
      // A disrupted pod ends the Job too, and the Job still says why when the pod is gone.
      podFailurePolicy: {
        rules: [{ action: 'FailJob', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
      },
      template: {
        metadata: {
          ...template.metadata,
          labels: { ...template.metadata?.labels, ...labels },
          annotations: {
            ...template.metadata?.annotations,
            'kubectl.kubernetes.io/default-container': container.name,
          },
        },
        spec: {
          terminationGracePeriodSeconds: settings.graceSeconds,
          ...serviceAccountOf(attempt.spec, template),
          ...template.spec,
          ...(attempt.spec.serviceAccount === null
            ? {}
            : { serviceAccountName: attempt.spec.serviceAccount }),
          restartPolicy: 'Never',
          containers: [container, ...others],
        },
      },
    },
  }
}

const invalidTemplate = (found: string): FairleadError =>
  new FairleadError('invalid', `The pod template is not one: ${found}`, {
    path: 'podTemplate',
    expected: 'an object with metadata and spec, as in a Job',
  })

function templateOf(text: string | null): Template {
  if (text === null) return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw invalidTemplate('no JSON')
  }
  const parsed = templateSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw invalidTemplate(`${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim())
}

/** No token of the namespace's default account lies in a container that did not ask for one. */
const serviceAccountOf = (spec: TaskSpec, template: Template): Record<string, unknown> =>
  spec.serviceAccount === null && template.spec?.serviceAccountName === undefined
    ? { automountServiceAccountToken: false }
    : {}

function containerOf(attempt: AttemptStart, base: Container): Container & { readonly name: string } {
  const { spec } = attempt
  const { env: baseEnv, resources: baseResources, ...rest } = base
  return {
    ...rest,
    name: base.name ?? 'task',
    image: spec.image,
    ...(spec.command.length === 0 ? {} : { command: spec.command }),
    ...(spec.args.length === 0 ? {} : { args: spec.args }),
    env: envOf(attempt, baseEnv ?? []),
    resources: {
      ...baseResources,
      requests: { ...baseResources?.requests, ...spec.resources.requests },
      limits: { ...baseResources?.limits, ...spec.resources.limits },
    },
    terminationMessagePath: outputFile,
    terminationMessagePolicy: 'File',
  }
}

/** Ours come last: a later name wins, and they may refer to the earlier ones. */
function envOf(attempt: AttemptStart, base: NonNullable<Container['env']>): { readonly name: string }[] {
  const own = {
    ...attempt.spec.env,
    FAIRLEAD_RUN: attempt.run,
    FAIRLEAD_TASK: attempt.task,
    FAIRLEAD_INDEX: String(attempt.index),
    FAIRLEAD_ATTEMPT: String(attempt.attempt),
    FAIRLEAD_ATTEMPT_TOKEN: attempt.token,
    FAIRLEAD_OUTPUT: outputFile,
  }
  const kept = base.filter(({ name }) => !Object.hasOwn(own, name))
  return [...kept, ...Object.entries(own).map(([name, value]) => ({ name, value }))]
}
