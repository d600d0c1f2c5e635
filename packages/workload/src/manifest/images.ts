import { FairleadError } from '@fairlead/contracts/errors'
import type { KubeManifest } from '@fairlead/kube/kube-object'
import { containersOf, podSpecPath } from './pod-template'

const imagePattern = /^[a-z0-9][a-zA-Z0-9._:/@-]*$/

interface Place {
  readonly object: number
  readonly workload: string
  readonly container: string
}

/** Replaces images by `container` or `workload/container`; what is unknown or ambiguous is refused with what exists. */
export function changeImages(
  objects: readonly KubeManifest[],
  images: Readonly<Record<string, string>>,
): KubeManifest[] {
  const places: Place[] = objects.flatMap((object, index) =>
    containersOf(object).map(({ name }) => ({
      object: index,
      workload: object.metadata.name,
      container: name,
    })),
  )
  const wanted = new Map<string, string>()
  for (const [reference, image] of Object.entries(images)) {
    if (!imagePattern.test(image))
      throw new FairleadError('invalid', `"${image}" is not an image reference.`, {
        path: `images.${reference}`,
        found: image,
        expected: 'for example registry.example/shop/cart:1.4.2',
      })
    const place = placeOf(reference, places)
    wanted.set(`${place.object}/${place.container}`, image)
  }
  return objects.map((object, index) =>
    withImages(object, (container) => wanted.get(`${index}/${container}`)),
  )
}

function placeOf(reference: string, places: readonly Place[]): Place {
  const [first = '', second] = reference.split('/')
  const matches = places.filter(
    (place) => place.container === (second ?? first) && (second === undefined || place.workload === first),
  )
  const [match] = matches
  if (match !== undefined && matches.length === 1) return match
  const known = places.map((place) => `${place.workload}/${place.container}`).join(', ')
  throw new FairleadError(
    'invalid',
    match === undefined
      ? `There is no container "${reference}" in the release. There is ${known === '' ? 'none at all' : known}.`
      : `Several workloads have a container "${reference}": ${matches.map((place) => `${place.workload}/${place.container}`).join(', ')}. Name one.`,
    { path: `images.${reference}`, found: reference, expected: known },
  )
}

function withImages(object: KubeManifest, imageOf: (container: string) => string | undefined): KubeManifest {
  const path = podSpecPath(object.kind)
  if (path === undefined) return object
  const change = (container: unknown): unknown => {
    const name =
      typeof container === 'object' && container !== null && 'name' in container ? container.name : undefined
    const image = typeof name === 'string' ? imageOf(name) : undefined
    return image === undefined ? container : { ...(container as object), image }
  }
  return editAt(object, path, (spec) => {
    if (typeof spec !== 'object' || spec === null) return spec
    const lists = ['containers', 'initContainers'].flatMap((field) => {
      const list = (spec as Record<string, unknown>)[field]
      return Array.isArray(list) ? [[field, list.map(change)] as const] : []
    })
    return { ...spec, ...Object.fromEntries(lists) }
  }) as KubeManifest
}

function editAt(value: unknown, path: readonly string[], edit: (at: unknown) => unknown): unknown {
  const [head, ...rest] = path
  if (head === undefined) return edit(value)
  if (typeof value !== 'object' || value === null) return value
  return { ...value, [head]: editAt((value as Record<string, unknown>)[head], rest, edit) }
}
