/** Keys that Fairlead writes on the top-level objects it applies; never into pod templates, where they would restart pods. */
export const labelKeys = {
  application: 'fairlead.dev/application',
  stage: 'fairlead.dev/stage',
  rollout: 'fairlead.dev/rollout',
  release: 'fairlead.dev/release',
} as const

/** In the selector and the pods of Deployments that try a release beside another, which begin and end with it: `canary`, `green`. */
export const trackLabel = 'fairlead.dev/track'

export const configAnnotations = {
  /** On pod templates: of what they read of their release's ConfigMaps and Secrets, so that a change of it rolls them. */
  digest: 'fairlead.dev/config-digest',
  /** That a team puts on a workload which notices changes by itself: `false`, and its templates carry no digest. */
  roll: 'fairlead.dev/roll-on-config',
} as const

/**
 * An annotation that a team puts on a Service to say that the outside may reach it: `true`, or the paths it means,
 * `/shop,/api`.
 */
export const publicAnnotation = 'fairlead.dev/public'

/** One stable server-side-apply owner per application: per user or per run, removed fields would stay for ever. */
export const fieldManagerOf = (applicationName: string): string => `fairlead-${applicationName}`

/** Labels of a task's Job and, unlike those above, of its pod, which never restarts: how both are found again. */
export const taskLabelKeys = {
  managedBy: 'app.kubernetes.io/managed-by',
  /** The installation whose attempts these are: what carries another one's is never touched. */
  owner: 'fairlead.dev/tasks-of',
  attempt: 'fairlead.dev/attempt',
  run: 'fairlead.dev/run',
  workflow: 'fairlead.dev/workflow',
  task: 'fairlead.dev/task',
} as const

/** Annotations of a task's Job: full names, and what an attempt must agree with before it is adopted. */
export const taskAnnotationKeys = {
  project: 'fairlead.dev/project',
  workflow: 'fairlead.dev/workflow',
  run: 'fairlead.dev/run',
  task: 'fairlead.dev/task',
  index: 'fairlead.dev/index',
  attempt: 'fairlead.dev/attempt-number',
  specHash: 'fairlead.dev/spec-hash',
} as const
