import { describe, expect, it } from 'vitest'
import { compareHref, parseSide, sideInput, sideText, whyNot } from './sides'

const shop = { cluster: 'staging', namespace: 'shop' }
const whole = { cluster: 'production', namespace: null }

describe('a side in the address', () => {
  it.each([
    ['staging/shop', shop],
    ['production', whole],
    ['production/', whole],
    ['', null],
    [null, null],
    ['/shop', null],
  ] as const)('%s', (text, side) => {
    expect(parseSide(text)).toEqual(side)
  })

  it('comes back as it was written', () => {
    expect([shop, whole].map(sideText).map(parseSide)).toEqual([shop, whole])
    const query = new URLSearchParams(
      compareHref({ left: shop, right: whole, application: 'a b' }).split('?')[1],
    )
    expect([parseSide(query.get('left')), parseSide(query.get('right')), query.get('application')]).toEqual([
      shop,
      whole,
      'a b',
    ])
  })

  it('leaves the namespace out of a question about a cluster', () => {
    expect([sideInput(shop), sideInput(whole)]).toEqual([shop, { cluster: 'production' }])
  })
})

describe('two sides', () => {
  it('are compared as two namespaces or as two clusters, never as one of each', () => {
    expect([whyNot(shop, shop), whyNot(whole, whole)]).toEqual([null, null])
    expect(whyNot(shop, whole)).toContain('a namespace on both sides')
    expect(whyNot(null, whole)).toContain('a cluster on both sides')
  })
})
