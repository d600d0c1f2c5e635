import { FairleadError } from '@fairlead/contracts/errors'
import { isDefinition } from '@fairlead/kube/definitions'
import { describeObject, type KubeManifest } from '@fairlead/kube/kube-object'

/** Built-in kinds that belong to no namespace; custom ones are found by discovery when the plan is made. */
const clusterWide = new Set(
  (
    'Node PersistentVolume StorageClass CSIDriver CSINode VolumeAttachment VolumeAttributesClass PriorityClass RuntimeClass ' +
    'IngressClass GatewayClass ClusterRole ClusterRoleBinding APIService ' +
    'MutatingWebhookConfiguration ValidatingWebhookConfiguration ValidatingAdmissionPolicy ' +
    'ValidatingAdmissionPolicyBinding MutatingAdmissionPolicy MutatingAdmissionPolicyBinding FlowSchema ' +
    'PriorityLevelConfiguration CertificateSigningRequest ClusterTrustBundle DeviceClass ResourceSlice ' +
    'ServiceCIDR IPAddress PodSecurityPolicy ComponentStatus'
  ).split(' '),
)

/**
 * Puts the objects into the target's namespace; an object that names another one, or none can hold, is refused.
 * Definitions of custom kinds are the exception: they come with the objects that need them, and the plan decides whether
 * the project may bring them.
 */
export function placeIn(objects: readonly KubeManifest[], namespace: string): KubeManifest[] {
  return objects.map((object) => {
    if (object.kind === 'Namespace' && object.apiVersion === 'v1') return placedNamespace(object, namespace)
    if (isDefinition(object)) return withoutNamespace(object)
    if (clusterWide.has(object.kind))
      throw new FairleadError(
        'invalid',
        `${describeObject(object)} belongs to the whole cluster; an application may only hold objects of its namespace.`,
        {
          path: 'kind',
          found: object.kind,
          expected: 'a kind that lives in a namespace',
          remedy: 'Let a cluster administrator apply it.',
        },
      )
    const own = object.metadata.namespace
    if (own !== undefined && own !== '' && own !== namespace)
      throw new FairleadError(
        'invalid',
        `${describeObject(object)} names the namespace "${own}", but its stage deploys to "${namespace}".`,
        {
          path: 'metadata.namespace',
          found: own,
          expected: namespace,
          remedy: 'Leave metadata.namespace out: each stage gives its own.',
        },
      )
    return { ...object, metadata: { ...object.metadata, namespace } }
  })
}

const withoutNamespace = (object: KubeManifest): KubeManifest => {
  const { namespace: _, ...metadata } = object.metadata
  return { ...object, metadata }
}

function placedNamespace(object: KubeManifest, namespace: string): KubeManifest {
  if (object.metadata.name === namespace) return object
  throw new FairleadError(
    'invalid',
    `Namespace ${object.metadata.name} is not the namespace of this stage, "${namespace}".`,
    { path: 'metadata.name', found: object.metadata.name, expected: namespace },
  )
}
