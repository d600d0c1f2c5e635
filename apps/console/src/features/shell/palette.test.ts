import { describe, expect, it } from 'vitest'
import { mergeGroups } from './palette'

describe('the palette', () => {
  it('joins groups of one heading and lists an item once, as it was registered last', () => {
    const merged = mergeGroups([
      { heading: 'Clusters', items: [{ id: '1', label: 'old name' }] },
      { heading: 'Actions', items: [{ id: 'a', label: 'Deploy' }] },
      {
        heading: 'Clusters',
        items: [
          { id: '1', label: 'eu-prod-1' },
          { id: '2', label: 'us-prod-2' },
        ],
      },
    ])
    expect(merged.map((group) => [group.heading, group.items.map((item) => item.label)])).toEqual([
      ['Clusters', ['eu-prod-1', 'us-prod-2']],
      ['Actions', ['Deploy']],
    ])
  })
})
