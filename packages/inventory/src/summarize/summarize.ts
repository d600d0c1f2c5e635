import type { WatchedKind } from '@fairlead/contracts/kinds'
import { FairleadError } from '@fairlead/contracts/errors'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { summarizeConfigMap, summarizeSecret } from './config'
import * as extension from './extension'
import * as gateway from './gateway'
import * as ingress from './ingress'
import { recordIn, textIn, timeIn } from '@fairlead/contracts/loose-json'
import { summarizeEndpointSlice, summarizeService } from './network'
import { summarizeNode } from './node'
import { summarizePod } from './pod'
import * as policy from './policy'
import * as storage from './storage'
import type { KindSummary, Summarized } from './summarized'
import * as workload from './workload'

/** Kinds that become rows; Events are kept apart (event.ts), longer than the cluster keeps them. */
export type SummarizedKind = Exclude<WatchedKind, 'Event'>

const byKind: Readonly<Record<SummarizedKind, (object: KubeObject) => KindSummary>> = {
  Node: summarizeNode,
  Namespace: (object) => {
    const phase = textIn(recordIn(object['status'])['phase'])
    return { cells: { Status: phase }, summary: {}, state: phase.toLowerCase() }
  },
  Pod: summarizePod,
  Service: summarizeService,
  Deployment: workload.summarizeDeployment,
  ReplicaSet: workload.summarizeReplicaSet,
  StatefulSet: workload.summarizeStatefulSet,
  DaemonSet: workload.summarizeDaemonSet,
  Job: workload.summarizeJob,
  CronJob: workload.summarizeCronJob,
  EndpointSlice: summarizeEndpointSlice,
  Ingress: ingress.summarizeIngress,
  IngressClass: ingress.summarizeIngressClass,
  NetworkPolicy: ingress.summarizeNetworkPolicy,
  PodDisruptionBudget: policy.summarizeBudget,
  HorizontalPodAutoscaler: policy.summarizeAutoscaler,
  ResourceQuota: policy.summarizeQuota,
  PersistentVolumeClaim: storage.summarizeClaim,
  PersistentVolume: storage.summarizeVolume,
  StorageClass: storage.summarizeStorageClass,
  ConfigMap: summarizeConfigMap,
  Secret: summarizeSecret,
  ServiceAccount: () => ({ cells: {}, summary: {} }),
  ValidatingWebhookConfiguration: extension.summarizeWebhooks,
  MutatingWebhookConfiguration: extension.summarizeWebhooks,
  APIService: extension.summarizeApiService,
  CustomResourceDefinition: extension.summarizeDefinition,
  GatewayClass: gateway.summarizeGatewayClass,
  Gateway: gateway.summarizeGateway,
  HTTPRoute: gateway.summarizeHttpRoute,
  ReferenceGrant: gateway.summarizeReferenceGrant,
}

/** Pure. Throws `invalid` for an object without the identity that a row needs. */
export function summarize(kind: SummarizedKind, object: KubeObject): Summarized {
  const { metadata } = object
  const createdAt = timeIn(metadata.creationTimestamp)
  if (!metadata.uid || !metadata.resourceVersion || createdAt === null)
    throw new FairleadError(
      'invalid',
      `${kind} ${metadata.name} has no uid, resourceVersion or time of creation`,
    )
  const owners = metadata.ownerReferences ?? []
  return {
    uid: metadata.uid,
    kind,
    namespace: metadata.namespace ?? null,
    name: metadata.name,
    resourceVersion: metadata.resourceVersion,
    createdAt,
    labels: metadata.labels ?? {},
    ownerUid: owners.find((owner) => owner.controller === true)?.uid ?? null,
    verdict: null,
    state: null,
    images: [],
    nodeName: null,
    cpuMillis: null,
    memoryBytes: null,
    restartedAt: null,
    ...byKind[kind](object),
  }
}
