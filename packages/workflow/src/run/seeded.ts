import crypto from 'node:crypto'

/** Numbers from 0 to 1 that depend on `seed` alone: jitter that a pure plan may use. */
export function randomOf(seed: string): () => number {
  let count = 0
  return () => crypto.createHash('sha256').update(`${seed}/${count++}`).digest().readUInt32BE(0) / 2 ** 32
}
