import { expect, test } from 'vitest'
import { compareManifests } from './compare-lines'

const deployment = (image: string, order: 'one' | 'other' = 'one') =>
  order === 'one'
    ? `kind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2, image: "${image}"}\n`
    : `spec: {image: "${image}", replicas: 2}\nmetadata: {name: web}\nkind: Deployment\n`
const service = 'kind: Service\nmetadata: {name: web}\n'

test('releases that differ in key order alone are the same', () => {
  const { changed, same } = compareManifests(deployment('a'), deployment('a', 'other'))
  expect(changed).toEqual([])
  expect(same).toEqual(['Deployment web'])
})

test('an object that only one release has is told as added or removed', () => {
  const both = `${deployment('a')}---\n${service}`
  expect(compareManifests(deployment('a'), both).changed).toMatchObject([
    { key: 'Service web', change: 'added' },
  ])
  expect(compareManifests(both, deployment('a')).changed).toMatchObject([
    { key: 'Service web', change: 'removed' },
  ])
})

test('a changed line stands between its neighbours, and lines left out are counted', () => {
  const data = Array.from({ length: 20 }, (_, index) => `  key${String(index).padStart(2, '0')}: v`)
  const config = (last: string) =>
    `kind: ConfigMap\nmetadata: {name: c}\ndata:\n${[...data, `  zz: ${last}`].join('\n')}\n`
  const lines = compareManifests(config('a'), config('b')).changed[0]?.lines ?? []
  expect(lines.slice(1)).toEqual([
    { kind: 'context', text: '  key17: v' },
    { kind: 'context', text: '  key18: v' },
    { kind: 'context', text: '  key19: v' },
    { kind: 'remove', text: '  zz: a' },
    { kind: 'add', text: '  zz: b' },
    { kind: 'context', text: 'kind: ConfigMap' },
    { kind: 'context', text: 'metadata:' },
    { kind: 'context', text: '  name: c' },
  ])
  expect(lines[0]).toEqual({ kind: 'skip', text: '18 unchanged lines', lines: 18 })
})
