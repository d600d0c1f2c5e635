import crypto from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createCipher } from './cipher'

const cipher = createCipher(crypto.randomBytes(32).toString('base64'))

describe('the cipher', () => {
  it('opens what it sealed, and no two boxes of one text are alike', () => {
    const [one, two] = [cipher.seal('kubeconfig', 'cluster/1'), cipher.seal('kubeconfig', 'cluster/1')]
    expect(cipher.open(one, 'cluster/1')).toBe('kubeconfig')
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false)
    expect(Buffer.from(one).includes('kubeconfig')).toBe(false)
  })

  it('refuses a box that was moved to another cluster', () => {
    expect(() => cipher.open(cipher.seal('secret', 'cluster/1'), 'cluster/2')).toThrow(/could not be opened/)
  })

  it('refuses a box in which any byte was changed', () => {
    const box = cipher.seal('secret', 'cluster/1')
    for (let at = 0; at < box.length; at += 1) {
      const changed = Uint8Array.from(box)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => cipher.open(changed, 'cluster/1')).toThrow(/could not be opened/)
    }
  })

  it('refuses a box of another key, and a key of the wrong length', () => {
    const other = createCipher(crypto.randomBytes(32).toString('base64'))
    expect(() => other.open(cipher.seal('secret', 'c'), 'c')).toThrow(/not the one that sealed it/)
    expect(() => createCipher('c2hvcnQ=')).toThrow(/wrong length/)
  })

  it('gives equal values equal fingerprints that say nothing without the key', () => {
    const other = createCipher(crypto.randomBytes(32).toString('base64'))
    expect(cipher.fingerprint('a')).toBe(cipher.fingerprint('a'))
    expect(cipher.fingerprint('a')).not.toBe(cipher.fingerprint('b'))
    expect(cipher.fingerprint('a')).not.toBe(other.fingerprint('a'))
  })
})
