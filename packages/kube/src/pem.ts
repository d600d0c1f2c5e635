import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'

const block = /-----BEGIN ([A-Z0-9 ]+)-----[A-Za-z0-9+/=\s]+-----END \1-----/g

/** Strict base64 (line breaks allowed) → text; null when it is not base64. */
export function decodeBase64(value: string): string | null {
  const compact = value.replace(/\s/g, '')
  if (compact === '' || compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return null
  return Buffer.from(compact, 'base64').toString('utf8')
}

/** Every certificate of a bundle; null when one cannot be read, or when there is none or anything else beside them. */
export function readCertificates(text: string): readonly X509Certificate[] | null {
  const blocks = [...text.matchAll(block)]
  if (blocks.length === 0 || blocks.some(([, label]) => label !== 'CERTIFICATE')) return null
  try {
    return blocks.map(([pem]) => new X509Certificate(pem))
  } catch {
    return null
  }
}

/** null when it cannot be read without a passphrase. */
export function readPrivateKey(text: string): KeyObject | null {
  try {
    return createPrivateKey(text)
  } catch {
    return null
  }
}
