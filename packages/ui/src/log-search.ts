export type Piece = { text: string; hit: boolean }

/** Cuts a line into pieces that match the search and pieces that don't; case doesn't matter. */
export function searchPieces(line: string, search: string): Piece[] {
  const needle = search.toLowerCase()
  if (!needle) return [{ text: line, hit: false }]
  const hay = line.toLowerCase()
  const pieces: Piece[] = []
  let from = 0
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, from)) {
    if (at > from) pieces.push({ text: line.slice(from, at), hit: false })
    pieces.push({ text: line.slice(at, at + needle.length), hit: true })
    from = at + needle.length
  }
  if (from < line.length) pieces.push({ text: line.slice(from), hit: false })
  return pieces
}
