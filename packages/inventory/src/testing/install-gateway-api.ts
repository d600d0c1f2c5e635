import { recordIn } from '@fairlead/contracts/loose-json'
import { applyObject } from '@fairlead/kube/apply'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { loadManifests } from '@fairlead/kube/manifest-load'
import { getObject } from '@fairlead/kube/objects'
import { conditionTrue } from '../summarize/conditions'
import { eventually } from './inventory-fixture'

/** Applied as an owner would, and never taken away: test files share the cluster. */
export async function installGatewayApi(client: KubeClient, documents: readonly string[]): Promise<void> {
  for (const definition of documents.flatMap((text) => loadManifests(text))) {
    await applyObject(client, definition, { fieldManager: 'test', force: true })
    await eventually(`${definition.metadata.name} established`, async () => {
      const { apiVersion, kind, metadata } = definition
      const found = await getObject(client, { apiVersion, kind, name: metadata.name })
      return conditionTrue(recordIn(found?.['status']), 'Established')
    })
  }
}
