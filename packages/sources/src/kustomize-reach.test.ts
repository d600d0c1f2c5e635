import { describe, expect, it } from 'vitest'
import { assertLocal } from './kustomize-reach'

const tree = (files: Readonly<Record<string, string>>) =>
  new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]))
const reach = (files: Readonly<Record<string, string>>, folder = 'overlay') =>
  assertLocal(tree(files), folder)

describe('a kustomization whose entries are all in the commit', () => {
  it('is let through, with what its bases need', () => {
    reach({
      'overlay/kustomization.yaml': `resources: [../base, config.yaml]
patches: [{ path: patch.yaml }, { patch: "- op: add" }]
configMapGenerator: [{ name: a, files: [key=value.txt, value.txt], envs: [env] , literals: ["url=https://example.org"] }]
transformers:
  - |
    apiVersion: builtin
    kind: PrefixTransformer
`,
      'overlay/config.yaml': '',
      'overlay/patch.yaml': '',
      'overlay/value.txt': '',
      'overlay/env': '',
      'base/kustomization.yml': 'resources: [../base/web.yaml]\n',
      'base/web.yaml': '',
    })
  })

  it('may have a cycle: Kustomize names it better', () => {
    reach({
      'overlay/kustomization.yaml': 'resources: [../base]',
      'base/Kustomization': 'resources: [../overlay]',
    })
  })
})

describe('what Kustomize would fetch', () => {
  it.each([
    'https://example.org/base.yaml',
    'http://127.0.0.1/latest',
    'github.com/org/repository//path?ref=v1',
    'git@github.com:org/repository.git',
    'ssh://git@example.org/repository',
    'git::https://example.org/repository',
    'example.org/repository',
    '../../outside',
    '/etc/passwd',
  ])('%s is refused before it is started', (entry) => {
    const quoted = JSON.stringify(entry)
    expect(() => reach({ 'overlay/kustomization.yaml': `resources: [${quoted}]` })).toThrow(
      /not in the repository/,
    )
    expect(() => reach({ 'overlay/kustomization.yaml': `patches: [{ path: ${quoted} }]` })).toThrow(
      /not in the/,
    )
    expect(() => reach({ 'overlay/kustomization.yaml': `openapi: { path: ${quoted} }` })).toThrow(
      /not in the/,
    )
  })

  it('is found in a base too, with the file that names it', () => {
    expect(() =>
      reach({
        'overlay/kustomization.yaml': 'resources: [../base]',
        'base/kustomization.yaml': 'resources: [https://example.org/base.yaml]',
      }),
    ).toThrow(/^base\/kustomization\.yaml names/)
  })

  it('does not matter in a folder that is not reached', () => {
    reach({
      'overlay/kustomization.yaml': '',
      'other/kustomization.yaml': 'resources: [https://example.org/a]',
    })
  })
})

it('names the line of a kustomization that is no YAML, and the folder that has none', () => {
  expect(() => reach({ 'overlay/kustomization.yaml': 'resources: [a\nnamePrefix: b' })).toThrow(
    /kustomization\.yaml/,
  )
  expect(() => reach({ 'overlay/web.yaml': '' })).toThrow(/no kustomization\.yaml in "overlay"/)
})
