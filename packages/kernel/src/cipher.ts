import crypto from 'node:crypto'
import { FairleadError } from '@fairlead/contracts/errors'

/** Seals secrets at rest: AES-256-GCM with a fresh data key each time, itself sealed by the key-encryption key. */
export interface Cipher {
  /** `context` names what is sealed (cluster, field, version); a box opened under another name is refused. */
  seal(plaintext: string, context: string): Uint8Array<ArrayBuffer>
  open(box: Uint8Array, context: string): string
  /** Keyed fingerprint for comparing secrets without keeping them; first 16 hex digits of an HMAC. */
  fingerprint(value: string): string
}

const version = 1
const sealBytes = (key: Buffer, plaintext: Buffer, context: string): Buffer => {
  const nonce = crypto.randomBytes(12)
  const cipher = crypto.createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}
const openBytes = (key: Buffer, box: Buffer, context: string): Buffer => {
  const decipher = crypto
    .createDecipheriv('aes-256-gcm', key, box.subarray(0, 12))
    .setAAD(Buffer.from(context))
  decipher.setAuthTag(box.subarray(12, 28))
  return Buffer.concat([decipher.update(box.subarray(28)), decipher.final()])
}
/** nonce 12 + tag 16 + data key 32 */
const sealedKeyLength = 60

/** `keyText` is 32 bytes in base64: the key-encryption key, from a file or the environment. */
export function createCipher(keyText: string): Cipher {
  const key = Buffer.from(keyText, 'base64')
  if (key.length !== 32)
    throw new FairleadError('invalid', 'The encryption key has the wrong length.', {
      found: `${key.length} bytes`,
      expected: '32 bytes in base64',
      remedy: 'openssl rand -base64 32',
    })
  const fingerprintKey = Buffer.from(crypto.hkdfSync('sha256', key, '', 'fairlead fingerprint', 32))
  return {
    seal: (plaintext, context) => {
      const dataKey = crypto.randomBytes(32)
      const sealedKey = sealBytes(key, dataKey, `key:${context}`)
      return Uint8Array.from(
        Buffer.concat([
          Buffer.from([version]),
          sealedKey,
          sealBytes(dataKey, Buffer.from(plaintext), context),
        ]),
      )
    },
    open: (bytes, context) => {
      const box = Buffer.from(bytes)
      try {
        if (box[0] !== version) throw new Error('unknown version')
        const dataKey = openBytes(key, box.subarray(1, 1 + sealedKeyLength), `key:${context}`)
        return openBytes(dataKey, box.subarray(1 + sealedKeyLength), context).toString('utf8')
      } catch (error) {
        throw new FairleadError(
          'internal',
          'A stored secret could not be opened: the encryption key is not the one that sealed it.',
          {},
          { cause: error },
        )
      }
    },
    fingerprint: (value) =>
      crypto.createHmac('sha256', fingerprintKey).update(value).digest('hex').slice(0, 16),
  }
}
