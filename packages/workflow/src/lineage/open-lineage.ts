import crypto from 'node:crypto'

/** Events follow https://openlineage.io/spec/2-0-2/OpenLineage.json (RunEvent). */
const schemaUrl = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent'
const parentSchemaUrl = 'https://openlineage.io/spec/facets/1-1-0/ParentRunFacet.json#/$defs/ParentRunFacet'
const jobTypeSchemaUrl =
  'https://openlineage.io/spec/facets/2-0-3/JobTypeJobFacet.json#/$defs/JobTypeJobFacet'
const nominalSchemaUrl =
  'https://openlineage.io/spec/facets/1-0-1/NominalTimeRunFacet.json#/$defs/NominalTimeRunFacet'
const producer = 'https://fairlead.dev/workflow'

export type LineageKind = 'START' | 'COMPLETE' | 'FAIL' | 'ABORT'

export interface Dataset {
  readonly namespace: string
  readonly name: string
}

export interface LineageRun {
  readonly id: string
  readonly workflow: string
  readonly project: string
  readonly nominalTime?: Date | undefined
}

/** One attempt of one task, or of one index of its fan-out. */
export interface LineageTask {
  readonly id: string
  readonly index: number
  readonly attempt: number
}

export interface OpenLineageEvent {
  readonly eventType: LineageKind
  readonly eventTime: string
  readonly producer: string
  readonly schemaURL: string
  readonly run: { readonly runId: string; readonly facets: Readonly<Record<string, unknown>> }
  readonly job: Dataset & { readonly facets: Readonly<Record<string, unknown>> }
  readonly inputs: readonly Dataset[]
  readonly outputs: readonly Dataset[]
}

/**
 * Where a dataset lives and what it is called there, by OpenLineage's naming: `postgres://ledger/public.entries` is
 * `public.entries` in `postgres://ledger`; a file's name is its path; a word alone belongs to the project.
 */
export function datasetOf(uri: string, project: string): Dataset {
  const parts = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?(.*)$/i.exec(uri)
  if (parts === null) return { namespace: jobNamespace(project), name: uri }
  const [, scheme = '', authority, rest = ''] = parts
  const lower = scheme.toLowerCase()
  if (authority === undefined || authority === '') return { namespace: lower, name: rest === '' ? '/' : rest }
  const name = rest.replace(/^\//, '')
  return { namespace: `${lower}://${withoutSecrets(authority)}`, name: name === '' ? '/' : name }
}

/** Declared URIs are written by people: a password in one must not travel on. */
const withoutSecrets = (authority: string): string => authority.slice(authority.lastIndexOf('@') + 1)

const jobNamespace = (project: string): string => `fairlead/${project}`

/** A UUID that is a function of its names (RFC 9562, version 5): told twice, it is one run. */
export function lineageRunId(...names: readonly (string | number)[]): string {
  const bytes = crypto
    .createHash('sha1')
    .update(`${producer}\n${names.join('\n')}`)
    .digest()
    .subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

export function openLineageEvent(told: {
  readonly kind: LineageKind
  readonly run: LineageRun
  readonly task: LineageTask
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly at: Date
}): OpenLineageEvent {
  const { kind, run, task, at } = told
  const namespace = jobNamespace(run.project)
  const datasets = (uris: readonly string[]): Dataset[] => uris.map((uri) => datasetOf(uri, run.project))
  return {
    eventType: kind,
    eventTime: at.toISOString(),
    producer,
    schemaURL: schemaUrl,
    run: {
      runId: lineageRunId(run.id, task.id, task.index, task.attempt),
      facets: {
        parent: facet(parentSchemaUrl, {
          // Our runs have random UUIDs already: consumers find them by the one that the console shows.
          run: { runId: run.id },
          job: { namespace, name: run.workflow },
        }),
        ...(run.nominalTime === undefined
          ? {}
          : {
              nominalTime: facet(nominalSchemaUrl, { nominalStartTime: run.nominalTime.toISOString() }),
            }),
      },
    },
    job: {
      namespace,
      name: `${run.workflow}.${task.id}`,
      facets: {
        jobType: facet(jobTypeSchemaUrl, {
          processingType: 'BATCH',
          integration: 'FAIRLEAD',
          jobType: 'TASK',
        }),
      },
    },
    inputs: datasets(told.inputs),
    outputs: datasets(told.outputs),
  }
}

const facet = (url: string, content: object): object => ({ _producer: producer, _schemaURL: url, ...content })
