import type { CustomResourceFact, Read } from '@fairlead/contracts/cluster-facts'
import type { KubeClient } from '../kube-client'
import { recordIn, recordsIn, textIn, type Loose } from '@fairlead/contracts/loose-json'
import { readList, type ReadOptions } from './read-list'

/** Definitions whose objects are looked at, and objects of each: enough to see who writes their status. */
const [mostDefinitions, mostObjects] = [60, 20] as const
const metadataOnly = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io'
const discovery = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'

interface Served {
  readonly path: string
  readonly hasStatus: boolean
}

/** `widgets.example.org` → where its preferred version is served. Upstream: apidiscovery.k8s.io/v2. */
export function servedIn(groups: readonly Loose[]): ReadonlyMap<string, Served> {
  const served = new Map<string, Served>()
  for (const group of groups) {
    const name = textIn(recordIn(group['metadata'])['name'])
    for (const version of [...recordsIn(group['versions'])].reverse())
      for (const resource of recordsIn(version['resources'])) {
        const plural = textIn(resource['resource'])
        served.set(`${plural}.${name}`, {
          path: `/apis/${encodeURIComponent(name)}/${encodeURIComponent(textIn(version['version']))}/${encodeURIComponent(plural)}`,
          hasStatus: recordsIn(resource['subresources']).some((sub) => sub['subresource'] === 'status'),
        })
      }
  }
  return served
}

/** Managers that wrote the status subresource of any of these objects. */
export function statusManagersOf(objects: readonly Loose[]): readonly string[] {
  const managers = objects
    .flatMap((object) => recordsIn(recordIn(object['metadata'])['managedFields']))
    .filter((field) => field['subresource'] === 'status')
    .map((field) => textIn(field['manager']))
  return [...new Set(managers)].filter((manager) => manager !== '').sort()
}

/** Every CustomResourceDefinition by name, with who writes the status of its objects. */
export async function readCustomResources(
  client: KubeClient,
  options: ReadOptions,
): Promise<Read<CustomResourceFact>> {
  const [definitions, groups] = await Promise.all([
    readList(client, '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
      ...options,
      accept: metadataOnly,
    }),
    readList(client, '/apis', { ...options, accept: discovery }),
  ])
  if (definitions.state !== 'read') return definitions
  const served = groups.state === 'read' ? servedIn(groups.items) : new Map<string, Served>()
  const names = definitions.items.map((definition) => textIn(recordIn(definition['metadata'])['name']))
  const items: CustomResourceFact[] = []
  for (const [index, name] of names.entries()) {
    const at = served.get(name)
    const objects =
      at === undefined || index >= mostDefinitions
        ? null
        : await readList(client, at.path, { ...options, accept: metadataOnly, limit: mostObjects })
    const read = objects?.state === 'read' ? objects.items : null
    items.push({
      name,
      objects: read?.length ?? null,
      statusManagers: read === null ? [] : statusManagersOf(read),
      hasStatus: at?.hasStatus ?? false,
    })
  }
  return { state: 'read', items }
}

export const nameIn = (object: Loose): string => textIn(recordIn(object['metadata'])['name'])
