import { expect, test } from 'vitest'
import { definitionOf } from './definitions'

const definition = (group: string, kind: string, version: string, served = true) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${kind.toLowerCase()}s.${group}` },
  spec: { group, names: { kind }, versions: [{ name: version, served }] },
})
const lamp = { apiVersion: 'example.org/v1', kind: 'Lamp' }

test.each([
  ['its own', definition('example.org', 'Lamp', 'v1'), true],
  ['another kind', definition('example.org', 'Bulb', 'v1'), false],
  ['another group', definition('example.com', 'Lamp', 'v1'), false],
  ['another version', definition('example.org', 'Lamp', 'v2'), false],
  ['a version that is not served', definition('example.org', 'Lamp', 'v1', false), false],
  ['a definition of something absurd', { ...definition('', '', ''), spec: 7 }, false],
])('a definition of %s', (_name, given, found) => {
  expect(definitionOf([given], lamp) !== undefined).toBe(found)
})
