import { maxManifestBytes as limit } from '@fairlead/contracts/rollout'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { maxManifestBytes } from './manifest-limit'
import { joined, readFiles } from './read-files'

test('the page and the server draw the same line', () => {
  expect(maxManifestBytes).toBe(limit)
})

test('several files become one stream with all their documents', () => {
  const text = joined([
    { name: 'a.yaml', text: 'kind: Service\n---\nkind: ConfigMap' },
    { name: 'b.json', text: '{"kind":"Deployment"}' },
  ])
  const kinds = parseAllDocuments(text).map((document) => (document.toJS() as { kind: string }).kind)
  expect(kinds).toEqual(['Service', 'ConfigMap', 'Deployment'])
})

test('files that can not be manifests are named, the others are read in the order of their names', async () => {
  const { files, refused } = await readFiles([
    new File(['kind: B'], 'b.yaml'),
    new File(['x'], 'logo.png'),
    new File(['kind: A'], 'a.yml'),
    new File([new Uint8Array(limit + 1)], 'big.yaml'),
  ])
  expect(files.map(({ name }) => name)).toEqual(['a.yml', 'b.yaml'])
  expect(refused).toEqual(['big.yaml: larger than 1 MiB.', 'logo.png: expected a .yaml, .yml or .json file.'])
})
