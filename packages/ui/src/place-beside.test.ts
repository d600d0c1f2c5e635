import { expect, test } from 'vitest'
import { placeBeside } from './place-beside'

const bubble = { left: 0, top: 0, width: 100, height: 24 }
const anchorAt = (left: number, top: number) => ({ left, top, width: 40, height: 32 })
const room = { width: 1000, height: 600 }

test('it stands centred on the side that was asked for', () => {
  expect(placeBeside(anchorAt(500, 300), bubble, { ...room, side: 'top' })).toEqual({ left: 470, top: 270 })
  expect(placeBeside(anchorAt(500, 300), bubble, { ...room, side: 'right' })).toEqual({ left: 546, top: 304 })
})

test('without room there it goes to the other side', () => {
  expect(placeBeside(anchorAt(500, 4), bubble, { ...room, side: 'top' }).top).toBe(42)
  expect(placeBeside(anchorAt(955, 300), bubble, { ...room, side: 'right' }).left).toBe(849)
})

test('it never leaves the window', () => {
  expect(placeBeside(anchorAt(0, 300), bubble, { ...room, side: 'bottom' }).left).toBe(8)
  expect(placeBeside(anchorAt(980, 300), bubble, { ...room, side: 'bottom' }).left).toBe(892)
})
