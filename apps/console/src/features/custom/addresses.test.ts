import { expect, test } from 'vitest'
import { customHref, customObjectHref, parseCustomKind, parseCustomObject } from './addresses'

const kind = { cluster: 'staging', definition: 'certificates.cert-manager.io' }
const partsOf = (href: string) => {
  const [, , name = '', , definition = '', namespace = '', object = ''] = href.split('/')
  return { name, definition, namespace, object }
}

test('a kind is found by its cluster and its definition', () => {
  expect(customHref(kind)).toBe('/clusters/staging/custom/certificates.cert-manager.io')
  expect(parseCustomKind(partsOf(customHref(kind)))).toEqual(kind)
})

test.each([
  ['in a namespace', { ...kind, namespace: 'shop', name: 'web' }],
  ['without one', { ...kind, namespace: null, name: 'letsencrypt' }],
  ['of a name that an address has to escape', { ...kind, namespace: 'shop', name: 'system:web?a=b' }],
])('an object %s is found by its own', (_name, address) => {
  expect(parseCustomObject(partsOf(customObjectHref(address)))).toEqual(address)
})
