import { recordIn, recordsIn, textIn, type Loose } from '@fairlead/contracts/loose-json'
import type { Trial } from '@fairlead/contracts/strategy'
import { sideName } from './side'

/** `ConfigMap config`, `Secret key`: what is read under the name of the side. */
export interface Copies {
  readonly side: Trial['side']
  readonly keys: ReadonlySet<string>
}

const renamed = (source: unknown, kind: 'ConfigMap' | 'Secret', copies: Copies, field = 'name'): unknown => {
  const record = recordIn(source)
  const name = textIn(record[field])
  return copies.keys.has(`${kind} ${name}`) ? { ...record, [field]: sideName(name, copies.side) } : source
}

/** Only what was there is written: an absent key must not appear as undefined. */
const mapped = (record: Loose, changes: Readonly<Record<string, (value: unknown) => unknown>>): Loose =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, changes[key]?.(value) ?? value]))

const each =
  (change: (entry: Loose) => Loose) =>
  (list: unknown): unknown =>
    Array.isArray(list) ? recordsIn(list).map(change) : list

/** The pod specification, reading the copies of its side. */
export function readingCopies(podSpec: unknown, copies: Copies): Loose {
  const map = (field?: string) => (source: unknown) => renamed(source, 'ConfigMap', copies, field)
  const secret = (field?: string) => (source: unknown) => renamed(source, 'Secret', copies, field)
  const variable = (entry: Loose): Loose =>
    mapped(entry, {
      valueFrom: (from) => mapped(recordIn(from), { configMapKeyRef: map(), secretKeyRef: secret() }),
    })
  const whole = (entry: Loose): Loose => mapped(entry, { configMapRef: map(), secretRef: secret() })
  const container = (entry: Loose): Loose => mapped(entry, { env: each(variable), envFrom: each(whole) })
  const source = (entry: Loose): Loose => mapped(entry, { configMap: map(), secret: secret() })
  const volume = (entry: Loose): Loose =>
    mapped(entry, {
      configMap: map(),
      secret: secret('secretName'),
      projected: (projected) => mapped(recordIn(projected), { sources: each(source) }),
    })
  return mapped(recordIn(podSpec), {
    containers: each(container),
    initContainers: each(container),
    volumes: each(volume),
  })
}
