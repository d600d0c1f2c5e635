import { isFairleadError } from '@fairlead/contracts/errors'
import { recordIn, recordsIn, textIn, type Loose } from '@fairlead/contracts/loose-json'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { KubeManifest, KubeObject } from '@fairlead/kube/kube-object'
import { getObject } from '@fairlead/kube/objects'

interface Backend {
  readonly service: string
  readonly port: string | number | null
}
interface Wanted {
  readonly backends: readonly Backend[]
  readonly secrets: readonly string[]
}

function ofIngress(spec: Loose): Wanted {
  const paths = recordsIn(spec['rules']).flatMap((rule) => recordsIn(recordIn(rule['http'])['paths']))
  const services = [recordIn(spec['defaultBackend']), ...paths.map((path) => recordIn(path['backend']))]
    .map((backend) => recordIn(backend['service']))
    .filter((service) => textIn(service['name']) !== '')
  return {
    backends: services.map((service) => {
      const { name, number } = recordIn(service['port'])
      return {
        service: textIn(service['name']),
        port: typeof number === 'number' ? number : textIn(name) || null,
      }
    }),
    secrets: recordsIn(spec['tls'])
      .map((tls) => textIn(tls['secretName']))
      .filter((name) => name !== ''),
  }
}

/** Services of other namespaces and backends of other kinds are judged by whoever owns them. */
function ofRoute(spec: Loose, namespace: string): Wanted {
  const backends = recordsIn(spec['rules'])
    .flatMap((rule) => recordsIn(rule['backendRefs']))
    .filter((backend) => (textIn(backend['kind']) || 'Service') === 'Service')
    .filter((backend) => (textIn(backend['namespace']) || namespace) === namespace)
  return {
    backends: backends.map((backend) => ({
      service: textIn(backend['name']),
      port: typeof backend['port'] === 'number' ? backend['port'] : null,
    })),
    secrets: [],
  }
}

function ofGateway(spec: Loose, namespace: string): Wanted {
  const references = recordsIn(spec['listeners'])
    .flatMap((listener) => recordsIn(recordIn(listener['tls'])['certificateRefs']))
    .filter((reference) => (textIn(reference['kind']) || 'Secret') === 'Secret')
    .filter((reference) => (textIn(reference['namespace']) || namespace) === namespace)
  return { backends: [], secrets: references.map((reference) => textIn(reference['name'])) }
}

function wantedBy({ kind, ...object }: KubeManifest, namespace: string): Wanted | null {
  const spec = recordIn(object['spec'])
  if (kind === 'Ingress') return ofIngress(spec)
  if (kind === 'HTTPRoute' || kind === 'GRPCRoute') return ofRoute(spec, namespace)
  return kind === 'Gateway' ? ofGateway(spec, namespace) : null
}

const hasPort = (service: KubeObject, port: Backend['port']): boolean =>
  port === null ||
  recordIn(service['spec'])['type'] === 'ExternalName' ||
  recordsIn(recordIn(service['spec'])['ports']).some((each) => each['port'] === port || each['name'] === port)

interface Place {
  readonly client: KubeClient
  readonly namespace: string
  /** Of the release, placed. */
  readonly objects: readonly KubeManifest[]
}

/** Of the release, else live; undefined where it may not be asked. */
async function find(place: Place, kind: string, name: string): Promise<KubeObject | null | undefined> {
  const own = place.objects.find((object) => object.kind === kind && object.metadata.name === name)
  if (own !== undefined) return own
  try {
    return await getObject(place.client, { apiVersion: 'v1', kind, namespace: place.namespace, name })
  } catch (error) {
    if (isFairleadError(error) && error.code === 'cluster_denied') return undefined
    throw error
  }
}

async function problemsOf(place: Place, { backends, secrets }: Wanted): Promise<readonly string[]> {
  const ofBackends = backends.map(async ({ service, port }) => {
    const found = await find(place, 'Service', service)
    if (found === undefined) return []
    if (found === null)
      return [`there is no Service ${service}, neither in the release nor in ${place.namespace}`]
    return hasPort(found, port) ? [] : [`Service ${service} has no port ${port}`]
  })
  const ofSecrets = secrets.map(async (name) =>
    (await find(place, 'Secret', name)) === null
      ? [`there is no TLS Secret ${name}, neither in the release nor in ${place.namespace}`]
      : [],
  )
  return [...new Set((await Promise.all([...ofBackends, ...ofSecrets])).flat())]
}

export interface RouteCheck {
  readonly kind: string
  readonly name: string
  readonly problems: readonly string[]
}

/** Whether what an Ingress, a Gateway or a route of the release names is there, or comes with it. */
export async function checkRoutes(place: Place): Promise<readonly RouteCheck[]> {
  const checked = await Promise.all(
    place.objects.map(async (object): Promise<RouteCheck[]> => {
      const wanted = wantedBy(object, place.namespace)
      if (wanted === null) return []
      const problems = await problemsOf(place, wanted)
      return [{ kind: object.kind, name: object.metadata.name, problems }]
    }),
  )
  return checked.flat()
}
