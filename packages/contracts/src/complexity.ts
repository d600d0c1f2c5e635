import { z } from 'zod'
import { clusterRefSchema } from './cluster'

/**
 * What makes a cluster hard to understand and easy to break: the weight of one of each, the most that all of them
 * together weigh, and the simpler thing that would do.
 */
export const complexityFactors = {
  'webhook-down': {
    title: 'Webhook without a backend that must answer',
    weight: 15,
    most: 45,
    simpler: 'Remove the configuration with its controller, or set failurePolicy: Ignore.',
  },
  'webhook-expired': {
    title: 'Webhook whose CA bundle has expired',
    weight: 15,
    most: 30,
    simpler: 'Let cert-manager or the controller itself renew the bundle, or remove the webhook.',
  },
  'webhook-own-namespace': {
    title: 'Webhook that must admit its own pods',
    weight: 10,
    most: 20,
    simpler:
      'Exclude its own namespace in namespaceSelector: once all its pods are gone, none can come back.',
  },
  'webhook-broad': {
    title: 'Webhook that must answer for almost everything',
    weight: 8,
    most: 24,
    simpler:
      'A ValidatingAdmissionPolicy runs in the API server and cannot be down; else narrow the rules, and exclude kube-system.',
  },
  'webhook-slow': {
    title: 'Webhook that may hold every write for long',
    weight: 3,
    most: 9,
    simpler: 'timeoutSeconds: 5 or less.',
  },
  webhook: {
    title: 'Admission webhook',
    weight: 1,
    most: 10,
    simpler: 'A ValidatingAdmissionPolicy, or a default that the manifest carries itself.',
  },
  'apiservice-down': {
    title: 'Aggregated API that does not answer',
    weight: 15,
    most: 30,
    simpler:
      'Remove the APIService: while it is there, namespaces can neither be deleted nor discovery be complete.',
  },
  cni: {
    title: 'More than one network plug-in',
    weight: 20,
    most: 40,
    simpler: 'One CNI.',
  },
  'kube-proxy-and-ebpf': {
    title: 'kube-proxy beside its own replacement',
    weight: 12,
    most: 12,
    simpler: 'Remove kube-proxy, or turn the replacement off: both write the same routes.',
  },
  scheduler: {
    title: 'Scheduler of one’s own',
    weight: 10,
    most: 20,
    simpler:
      'Affinity, topology spread, priorities, quotas: filter and score of the default scheduler cover most wishes.',
  },
  crd: {
    title: 'Custom resource definitions',
    weight: 0.2,
    most: 12,
    simpler: 'Remove those without objects together with their operators.',
  },
  'crd-orphan': {
    title: 'Custom resource that no controller reports on',
    weight: 5,
    most: 15,
    simpler: 'Delete the objects and the definition, or bring the controller back.',
  },
  'crd-contested': {
    title: 'Custom resource with several controllers',
    weight: 8,
    most: 24,
    simpler: 'One controller per kind.',
  },
  mesh: {
    title: 'Service mesh',
    weight: 12,
    most: 30,
    simpler: 'NetworkPolicies, Gateway API and TLS at the edge, unless every call has to be authenticated.',
  },
  'ingress-controller': {
    title: 'Second and further ingress controllers',
    weight: 6,
    most: 18,
    simpler: 'One controller with several classes, or Gateway API with one implementation.',
  },
  'gitops-engine': {
    title: 'Second and further GitOps engines',
    weight: 8,
    most: 16,
    simpler: 'One engine: two that own one object undo each other.',
  },
  'hpa-and-vpa': {
    title: 'Two autoscalers on one metric',
    weight: 10,
    most: 30,
    simpler: 'HorizontalPodAutoscaler for the count; VerticalPodAutoscaler with updateMode: Off for advice.',
  },
  'default-storage-class': {
    title: 'Not exactly one default StorageClass',
    weight: 6,
    most: 12,
    simpler:
      'Mark exactly one as default: claims without a class wait for ever, or land on whichever is newer.',
  },
  'namespace-terminating': {
    title: 'Namespace that does not end',
    weight: 6,
    most: 18,
    simpler:
      'Remove what still holds it: a finalizer whose controller is gone, or an API that does not answer.',
  },
} as const
export type ComplexityFactor = keyof typeof complexityFactors

export interface ComplexityEvidence {
  /** Where it is; null for what belongs to the whole cluster. */
  readonly namespace: string | null
  readonly words: string
}

export interface ComplexityItem {
  readonly factor: ComplexityFactor
  readonly count: number
  readonly weight: number
  readonly evidence: readonly ComplexityEvidence[]
}

/** Which creates fail if one webhook is down. */
export interface WebhookBlast {
  readonly webhook: string
  readonly configuration: string
  readonly kind: 'Mutating' | 'Validating'
  readonly failurePolicy: 'Fail' | 'Ignore'
  readonly timeoutSeconds: number
  readonly backend: string
  readonly backendState: 'up' | 'down' | 'unknown'
  /** `CREATE, UPDATE pods`. */
  readonly acts: readonly string[]
  /** Namespaces it covers, among all; null when it acts on cluster-wide objects alone. */
  readonly namespaces: readonly string[] | null
  readonly namespacesTotal: number
  readonly words: string
}

export interface ComplexityReport {
  readonly score: number
  readonly items: readonly ComplexityItem[]
  readonly webhooks: readonly WebhookBlast[]
  /** What could not be read, and so is not counted. */
  readonly unknown: readonly string[]
}

export interface ComplexityView extends ComplexityReport {
  readonly cluster: { readonly id: string; readonly name: string }
  readonly budget: number
  /** null: the watcher has not looked yet. */
  readonly at: string | null
  /** One a day, oldest first; a day that nobody looked is missing. */
  readonly trend: readonly { readonly day: string; readonly score: number }[]
}

export const defaultComplexityBudget = 40
export const setComplexityBudgetSchema = clusterRefSchema.extend({
  budget: z.number().int().min(0).max(1_000),
})
