import { kubectl, kubectlApply } from './kubectl'
import type { World } from './world'

export const widgets = 'widgets.story.fairlead.dev'

const manifests = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${widgets} }
spec:
  group: story.fairlead.dev
  scope: Namespaced
  names: { kind: Widget, plural: widgets, singular: widget, shortNames: [wdg] }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema: { type: object, properties: { spec: { type: object, x-kubernetes-preserve-unknown-fields: true } } }
      additionalPrinterColumns:
        - { name: Size, type: integer, jsonPath: .spec.size }
        - { name: Age, type: date, jsonPath: .metadata.creationTimestamp }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: view-widgets, labels: { rbac.authorization.k8s.io/aggregate-to-view: 'true' } }
rules: [{ apiGroups: [story.fairlead.dev], resources: [widgets], verbs: [get, list] }]
`
const widget = (name: string, size: number): string => `
apiVersion: story.fairlead.dev/v1
kind: Widget
metadata: { name: ${name}, namespace: default }
spec: { size: ${size} }
`

/** A kind that somebody installed, readable by the console as the built-in role `view` is, and three of it. */
export async function widgetKind(world: World, cluster: string): Promise<void> {
  await kubectlApply(world, cluster, manifests)
  await kubectl(world, cluster, 'wait', '--for=condition=Established', `crd/${widgets}`, '--timeout=120s')
  const three = [widget('small', 1), widget('middling', 20), widget('large', 300)]
  await kubectlApply(world, cluster, three.join('---'))
}
