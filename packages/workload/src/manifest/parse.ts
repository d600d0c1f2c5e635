import { FairleadError } from '@fairlead/contracts/errors'
import { describeObject, type KubeManifest } from '@fairlead/kube/kube-object'
import { loadManifests } from '@fairlead/kube/manifest-load'
import { isStorable } from '../application/stored'
import { identityOf, sameObject } from './object-key'
import { placeIn } from './place'

/** What a person sent → objects; each must fit into every one of `namespaces`. */
export function parseManifests(
  text: string,
  namespaces: readonly string[],
  fileName?: string,
): readonly KubeManifest[] {
  const objects = loadManifests(text, fileName === undefined ? {} : { fileName })
  const unstorable = objects.find((object) => !isStorable(object))
  if (unstorable !== undefined)
    throw new FairleadError(
      'invalid',
      `${describeObject(unstorable)} holds characters that cannot be kept (NUL or half a character).`,
      {
        expected: 'text, or binaryData in base64',
      },
    )
  for (const namespace of namespaces) refuseTwins(placeIn(objects, namespace))
  return objects
}

/** Twins that differ only in saying or leaving out the namespace. */
export function refuseTwins(objects: readonly KubeManifest[]): void {
  const seen = new Map<string, KubeManifest[]>()
  for (const object of objects) {
    const like = seen.get(object.metadata.name) ?? []
    if (like.some((other) => sameObject(identityOf(other), identityOf(object))))
      throw new FairleadError('invalid', `${describeObject(object)} is there twice.`, {
        path: 'metadata.name',
        found: object.metadata.name,
        expected: 'each object once',
      })
    seen.set(object.metadata.name, [...like, object])
  }
}
