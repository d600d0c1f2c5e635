import { FairleadError } from '@fairlead/contracts/errors'
import { statusError } from './kube-error'
import type { KubeObject, ManagedField } from './kube-object'

export type WatchEvent =
  | { readonly type: 'upsert' | 'delete'; readonly object: KubeObject }
  | { readonly type: 'bookmark'; readonly resourceVersion: string; readonly initialEventsEnd: boolean }
  | { readonly type: 'error'; readonly error: FairleadError }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Who owns fields stays, which fields they are (most of an object's bytes) does not. */
function ownersOnly(fields: unknown): readonly ManagedField[] | undefined {
  if (!Array.isArray(fields)) return undefined
  return fields.filter(isRecord).map(({ fieldsV1: _, ...owner }) => owner)
}

/**
 * Checked by hand, as a schema copies each object: 10,000 pods arrive at once.
 * Throws `invalid` for what is not an object with a type and a name.
 */
export function watchedObject(value: unknown, type: { apiVersion: string; kind: string }): KubeObject {
  const metadata = isRecord(value) ? value['metadata'] : null
  if (!isRecord(value) || !isRecord(metadata) || typeof metadata['name'] !== 'string')
    throw new FairleadError('invalid', `The API server sent a ${type.kind} without a name`)
  if ('managedFields' in metadata) metadata['managedFields'] = ownersOnly(metadata['managedFields'])
  return { ...value, ...type, metadata: { ...metadata, name: metadata['name'] } }
}

/** One line of a watch. Throws `invalid` for a line that is not an event. */
export function watchEvent(line: string, type: { apiVersion: string; kind: string }): WatchEvent {
  let event: unknown
  try {
    event = JSON.parse(line)
  } catch (error) {
    throw new FairleadError('invalid', 'The API server sent a line that is not JSON', {}, { cause: error })
  }
  if (!isRecord(event)) throw new FairleadError('invalid', 'The API server sent a line that is not an event')
  const { type: word, object } = event
  if (word === 'ADDED' || word === 'MODIFIED') return { type: 'upsert', object: watchedObject(object, type) }
  if (word === 'DELETED') return { type: 'delete', object: watchedObject(object, type) }
  if (word === 'ERROR') return { type: 'error', error: statusError(500, object, undefined) }
  if (word !== 'BOOKMARK') throw new FairleadError('invalid', 'The API server sent an unknown type of event')
  const metadata = isRecord(object) && isRecord(object['metadata']) ? object['metadata'] : {}
  const annotations = isRecord(metadata['annotations']) ? metadata['annotations'] : {}
  const resourceVersion = typeof metadata['resourceVersion'] === 'string' ? metadata['resourceVersion'] : ''
  return {
    type: 'bookmark',
    resourceVersion,
    initialEventsEnd: annotations['k8s.io/initial-events-end'] === 'true',
  }
}
