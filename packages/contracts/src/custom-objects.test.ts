import { describe, expect, it } from 'vitest'
import { definitionNameSchema, definitionsOfWord, type CustomKindRow } from './custom-objects'

const row = (plural: string, group: string, rest: Partial<CustomKindRow> = {}): CustomKindRow => ({
  clusterId: 'one',
  definition: `${plural}.${group}`,
  kind: 'Certificate',
  group,
  plural,
  singular: 'certificate',
  shortNames: ['cert'],
  namespaced: true,
  ...rest,
})
const certificates = row('certificates', 'cert-manager.io')
const others = row('certificates', 'example.org', { shortNames: [] })
const widgets = row('widgets', 'example.org', { kind: 'Widget', singular: 'widget', shortNames: [] })
const all = [certificates, others, widgets]

describe('a word for a custom kind', () => {
  it.each([
    ['cert', [certificates]],
    ['Widget', [widgets]],
    ['widgets', [widgets]],
    ['certificates', [certificates, others]],
    ['certificates.example.org', [others]],
    ['certificate.cert-manager.io', [certificates]],
    ['widgets.cert-manager.io', []],
    ['gadgets', []],
  ])('%s', (word, found) => expect(definitionsOfWord(word, all)).toEqual(found))
})

describe('the name of a definition', () => {
  it.each(['certificates.cert-manager.io', 'a.b.c', 'gateways.gateway.networking.k8s.io'])('%s', (name) =>
    expect(definitionNameSchema.safeParse(name).success).toBe(true),
  )
  it.each(['pods', 'secrets.core', '../secrets', 'a.b.c/../../secrets', 'A.b.c', 'a..b.c', ''])(
    'is not %s',
    (name) => expect(definitionNameSchema.safeParse(name).success).toBe(false),
  )
})
