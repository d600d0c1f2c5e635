import { FairleadError } from '@fairlead/contracts/errors'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { integerIn, recordIn, textIn, timeIn } from '@fairlead/contracts/loose-json'

/** One row of cluster_events. `count` is a lower bound: sources aggregate. Times are ISO 8601. */
export interface SeenEvent {
  readonly uid: string
  readonly resourceVersion: string
  readonly namespace: string
  readonly name: string
  readonly type: string
  readonly reason: string
  readonly message: string
  readonly objectKind: string
  readonly objectName: string
  readonly objectUid: string | null
  readonly count: number
  readonly firstAt: string
  readonly lastAt: string
  readonly source: string
}

/** Pure. Throws `invalid` for an event without an identity. */
export function summarizeEvent(event: KubeObject): SeenEvent {
  const { uid, resourceVersion, namespace, name, creationTimestamp } = event.metadata
  const createdAt = timeIn(creationTimestamp)
  if (!uid || !resourceVersion || createdAt === null)
    throw new FairleadError('invalid', `Event ${name} has no uid, resourceVersion or time of creation`)
  const series = recordIn(event['series'])
  const regarding = recordIn(event['involvedObject'])
  const source = recordIn(event['source'])
  const eventTime = timeIn(event['eventTime'])
  const counted = [series['count'], event['count']].find((count) => typeof count === 'number' && count > 0)
  return {
    uid,
    resourceVersion,
    namespace: namespace ?? '',
    name,
    type: textIn(event['type']),
    reason: textIn(event['reason']),
    message: textIn(event['message']).trim(),
    objectKind: textIn(regarding['kind']),
    objectName: textIn(regarding['name']),
    objectUid: textIn(regarding['uid']) || null,
    count: Math.min(counted === undefined ? 1 : integerIn(counted), 2 ** 31 - 1),
    firstAt: timeIn(event['firstTimestamp']) ?? eventTime ?? createdAt,
    lastAt: timeIn(series['lastObservedTime']) ?? timeIn(event['lastTimestamp']) ?? eventTime ?? createdAt,
    source: textIn(source['component']) || textIn(event['reportingComponent']),
  }
}
