import { FairleadError } from '@fairlead/contracts/errors'
import type { KubeClient } from './kube-client'
import { KubeStatusError, type StatusCause } from './kube-error'
import { describeObject, kubeObjectSchema, type KubeManifest, type KubeObject } from './kube-object'
import { pathOfObject } from './objects'

export interface ApplyOptions {
  readonly fieldManager: string
  readonly force?: boolean
  /** Managers whose fields are taken over without asking, as long as nobody else is in the way. */
  readonly takesFrom?: readonly string[]
  readonly dryRun?: boolean
  readonly signal?: AbortSignal | undefined
}

export interface Applied {
  readonly object: KubeObject
  /** Texts of the API server's Warning headers. */
  readonly warnings: readonly string[]
  /** Fields that were taken over from one of `takesFrom`. */
  readonly taken: readonly FieldConflict[]
}

/** A field that another manager owns with a different value. */
export interface FieldConflict {
  readonly field: string
  readonly manager: string
  readonly message: string
}

/** `code` is `conflict`; nothing was changed. */
export class ApplyConflictError extends FairleadError {
  override readonly name = 'ApplyConflictError'
  constructor(
    message: string,
    readonly conflicts: readonly FieldConflict[],
  ) {
    super('conflict', message)
  }
}

/** The API server names the other manager only in words: `conflict with "kubectl" using apps/v1`. */
export function fieldConflicts(causes: readonly StatusCause[]): readonly FieldConflict[] {
  return causes
    .filter(({ reason }) => reason === 'FieldManagerConflict')
    .map(({ field = '', message = '' }) => ({
      field: field.replace(/^\./, ''),
      manager: /conflict with "([^"]*)"/.exec(message)?.[1] ?? 'another manager',
      message,
    }))
}

/**
 * Server-side apply of one object. managedFields and resourceVersion of the manifest are left out: the first is refused,
 * and the second would turn an apply into an update.
 */
export async function applyObject(
  client: KubeClient,
  object: KubeManifest,
  options: ApplyOptions,
): Promise<Applied> {
  try {
    return { ...(await patch(client, object, options)), taken: [] }
  } catch (error) {
    if (!(error instanceof KubeStatusError) || error.code !== 'conflict') throw error
    const conflicts = fieldConflicts(error.causes)
    if (conflicts.length === 0) throw error
    const { takesFrom = [] } = options
    if (conflicts.every(({ manager }) => takesFrom.includes(manager)))
      return { ...(await patch(client, object, { ...options, force: true })), taken: conflicts }
    const fields = conflicts.map(({ field, manager }) => `${field} (${manager})`).join(', ')
    throw new ApplyConflictError(`${describeObject(object)} has fields that others own: ${fields}`, conflicts)
  }
}

async function patch(client: KubeClient, object: KubeManifest, options: ApplyOptions) {
  const { managedFields: _, resourceVersion: __, uid: ___, ...metadata } = object.metadata
  const response = await client.request({
    method: 'PATCH',
    path: await pathOfObject(client, { ...object, ...object.metadata }),
    query: {
      fieldManager: options.fieldManager,
      force: options.force ?? false,
      dryRun: options.dryRun === true ? 'All' : undefined,
      fieldValidation: 'Strict',
    },
    contentType: 'application/apply-patch+yaml',
    body: { ...object, metadata },
    timeoutMs: 30_000,
    signal: options.signal,
  })
  return { object: kubeObjectSchema.parse(JSON.parse(response.text)), warnings: response.warnings }
}
