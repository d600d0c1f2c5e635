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
  objects.forEach(refuseOwners)
  for (const namespace of namespaces) refuseTwins(placeIn(objects, namespace))
  return objects
}

/** Owners are named by a UID, which no manifest can know: the garbage collector deletes what has no owner that lives. */
function refuseOwners(object: KubeManifest): void {
  const owners = object.metadata['ownerReferences']
  if (owners === undefined || owners === null || (Array.isArray(owners) && owners.length === 0)) return
  throw new FairleadError(
    'invalid',
    `${describeObject(object)} names owners. They are named by the UIDs of one cluster; where no such object lives, the garbage collector deletes this one.`,
    {
      path: 'metadata.ownerReferences',
      found: JSON.stringify(owners).slice(0, 100),
      expected: 'no owners',
      remedy: 'Leave metadata.ownerReferences out.',
    },
  )
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
