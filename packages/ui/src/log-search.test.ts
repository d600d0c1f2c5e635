import { describe, expect, it } from 'vitest'
import { searchPieces } from './log-search'

describe('a search in a log line', () => {
  it('marks every match, whatever its case, and loses no letter', () => {
    const pieces = searchPieces('Error: an ERROR of errors', 'error')
    expect(pieces.filter((piece) => piece.hit).map((piece) => piece.text)).toEqual([
      'Error',
      'ERROR',
      'error',
    ])
    expect(pieces.map((piece) => piece.text).join('')).toBe('Error: an ERROR of errors')
  })

  it('marks nothing when nothing is searched', () => {
    expect(searchPieces('line', '')).toEqual([{ text: 'line', hit: false }])
  })
})
