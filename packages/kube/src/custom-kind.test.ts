import { describe, expect, it } from 'vitest'
import { customKindOf } from './custom-kind'
import { compareVersions } from './version-priority'

const definition = (over: object = {}) => ({
  spec: {
    group: 'example.org',
    scope: 'Namespaced',
    names: { kind: 'Widget', plural: 'widgets' },
    versions: [
      { name: 'v1alpha1', served: true },
      { name: 'v2', served: false },
      { name: 'v1', served: true },
      { name: 'v1beta1', served: true },
    ],
    ...over,
  },
})

describe('the version of a custom kind', () => {
  // The example of kubernetes.io/docs "Version priority".
  const inOrder = 'v10 v2 v1 v11beta2 v10beta3 v3beta1 v12alpha1 v11alpha2 foo1 foo10'.split(' ')

  it('is ordered as Kubernetes orders versions', () => {
    expect([...inOrder].reverse().sort(compareVersions)).toEqual(inOrder)
    expect([...inOrder].sort().sort(compareVersions)).toEqual(inOrder)
  })

  it('is the best of those that are served', () => {
    expect(customKindOf('widgets.example.org', definition())).toEqual({
      definition: 'widgets.example.org',
      kind: 'Widget',
      group: 'example.org',
      version: 'v1',
      plural: 'widgets',
      namespaced: true,
      otherVersions: ['v1beta1', 'v1alpha1'],
    })
  })

  it('is no guess where the answer is no definition', () => {
    expect(() => customKindOf('widgets.example.org', { kind: 'List', items: [] })).toThrow(/did not answer/)
  })

  it('is none where nothing is served, or where the definition says another name than its own', () => {
    expect(customKindOf('widgets.example.org', definition({ versions: [] }))).toBeNull()
    expect(customKindOf('widgets.example.org', definition({ group: 'core.example' }))).toBeNull()
  })
})
