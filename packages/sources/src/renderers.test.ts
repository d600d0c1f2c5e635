import { expect, it } from 'vitest'
import { splitHelm } from './renderers'

it('tells which template each document of Helm is of', () => {
  const text = `---
# Source: web/templates/a.yaml
kind: ConfigMap
---
# Source: web/templates/empty.yaml

---
# Source: web/crds/b.yaml
kind: CustomResourceDefinition
text: |
  ---- not a mark
`
  expect(splitHelm(text).map(({ name }) => name)).toEqual(['web/templates/a.yaml', 'web/crds/b.yaml'])
  expect(splitHelm('')).toEqual([])
})
