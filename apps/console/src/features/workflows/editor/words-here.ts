import { keysAt, schemasAt, valuesAt, type Word } from './schema-words'
import { placeAt, type YamlPlace } from './yaml-place'

/** Names of the installation that a document may mean. */
export type KnownNames = {
  readonly clusters: readonly string[]
  readonly pools: readonly string[]
  readonly projects: readonly string[]
}

export type Completions = {
  readonly from: number
  readonly words: readonly (Word & { readonly apply?: string })[]
}

type Schema = Readonly<Record<string, unknown>>

/** What may stand at the cursor: keys and values of the schema, tasks of the document, names of the installation. */
export function wordsHere(
  text: string,
  offset: number,
  known: { schema: Schema; names: KnownNames },
): Completions | null {
  const expression = expressionAt(text, offset)
  if (expression) return expression
  const place = placeAt(text, offset)
  if (place.kind === 'key') {
    const { path, siblings, from } = place
    const words = keysAt(known.schema, path)
      .filter(({ label }) => !siblings.includes(label))
      .map((word) => ({ ...word, apply: `${word.label}:${opener(known.schema, [...path, word.label])}` }))
    return words.length === 0 ? null : { from, words }
  }
  const words = [...named(place, text, known.names), ...valuesAt(known.schema, place.path)]
  return words.length === 0 ? null : { from: place.from, words }
}

/** A map or a list goes on below, anything else on the same line. */
function opener(schema: Schema, path: readonly string[]): string {
  const types = schemasAt(schema, path).map(({ type }) => type)
  return types.length > 0 && types.every((type) => type === 'object') ? '' : ' '
}

function named({ path }: YamlPlace, text: string, names: KnownNames): readonly Word[] {
  const last = path.at(-1)
  const words = (labels: readonly string[], detail: string) =>
    labels.map((label) => ({ label, detail, info: '' }))
  if (last === '*' && path.at(-2) === 'needs') return words(tasksOf(text), 'task')
  if (last === 'needs')
    return words(
      tasksOf(text).map((id) => `[${id}]`),
      'task',
    )
  if (last === 'cluster') return words(names.clusters, 'cluster')
  if (last === 'pool') return words(names.pools, 'pool')
  return path.join('.') === 'metadata.project' ? words(names.projects, 'project') : []
}

export const tasksOf = (text: string): string[] =>
  [...text.matchAll(/^\s*-\s+(?:\{\s*)?id:\s*["']?([a-z0-9][a-z0-9-]*)/gm)].flatMap(([, id]) => id ?? [])

/** Inside `${{ … }}`, or in the text of `when`: what expressions may read. */
function expressionAt(text: string, offset: number): Completions | null {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)
  const open = line.lastIndexOf('${{')
  const inside = open >= 0 && !line.slice(open).includes('}}') ? line.slice(open + 3) : whenText(line)
  if (inside === null) return null
  const word = /[\w.'[\]-]*$/.exec(inside)?.[0] ?? ''
  const words = [
    ...runWords,
    ...parametersOf(text).map((name) => ({ label: `parameters.${name}`, detail: 'parameter', info: '' })),
    ...tasksOf(text).flatMap((id) => {
      const task = id.includes('-') ? `tasks['${id}']` : `tasks.${id}`
      return [
        {
          label: `${task}.outputs`,
          detail: 'task',
          info: 'A list in the order of the indexes, where the task fans out.',
        },
        { label: `${task}.state`, detail: 'task', info: 'succeeded, failed, skipped …' },
      ]
    }),
  ]
  return { from: offset - word.length, words }
}

const whenText = (line: string): string | null =>
  /^\s*(?:-\s+)?(?:when|match):\s*["']?(.*)$/.exec(line)?.[1] ?? null

const runWords: readonly Word[] = [
  { label: 'run.id', detail: 'run', info: '' },
  { label: 'run.number', detail: 'run', info: '' },
  { label: 'run.nominalTime', detail: 'run', info: 'The time that the schedule meant.' },
  { label: 'run.trigger', detail: 'run', info: 'manual, schedule, backfill, workflow or rollout.' },
  { label: 'item', detail: 'fan-out', info: 'The item of this index.' },
  { label: 'index', detail: 'fan-out', info: 'From zero.' },
]

/** Keys right under `parameters:`, however deep that stands. */
export function parametersOf(text: string): string[] {
  const lines = text.split('\n')
  const at = lines.findIndex((line) => /^\s*parameters:\s*(#.*)?$/.test(line))
  if (at < 0) return []
  const under = (lines[at] ?? '').search(/\S/)
  const found: string[] = []
  let first: number | null = null
  for (const line of lines.slice(at + 1)) {
    if (/^\s*(#|$)/.test(line)) continue
    const indent = line.search(/\S/)
    if (indent <= under) break
    first ??= indent
    const name = indent === first ? /^\s*["']?([\w-]+)["']?\s*:/.exec(line)?.[1] : undefined
    if (name !== undefined) found.push(name)
  }
  return found
}
