import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

// Certificates for tests, written as DER by hand: no program and no package is needed to make one.

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  const bytes: number[] = []
  for (let rest = body.length; rest > 0; rest >>= 8) bytes.unshift(rest & 0xff)
  const length = body.length < 128 ? [body.length] : [0x80 | bytes.length, ...bytes]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}
const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts)
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'))
const nameOf = (commonName: string) =>
  sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(commonName)))))
const time = (at: Date) => der(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]|\.\d+/g, '')}`))
const pem = (label: string, body: Buffer) =>
  `-----BEGIN ${label}-----\n${(body.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`

export interface TestKey {
  readonly privateKey: KeyObject
  readonly keyPem: string
}

export function testKey(): TestKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { privateKey, keyPem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) }
}

/** A self-signed X.509 certificate for 127.0.0.1 and localhost. */
export function testCertificate(key: TestKey, validity: { readonly from: Date; readonly to: Date }): string {
  const name = nameOf('fairlead-test')
  const names = sequence(der(0x87, Buffer.from([127, 0, 0, 1])), der(0x82, Buffer.from('localhost')))
  const alternativeNames = sequence(oid('551d11'), der(0x04, names))
  const authority = sequence(oid('551d13'), der(0x04, sequence(der(0x01, Buffer.from([0xff])))))
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    sequence(time(validity.from), time(validity.to)),
    name,
    createPublicKey(key.keyPem).export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(alternativeNames, authority)),
  )
  const signature = sign('sha256', body, key.privateKey)
  return pem('CERTIFICATE', sequence(body, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature)))
}

const day = 86_400_000
export const validNow = { from: new Date(Date.now() - day), to: new Date(Date.now() + 30 * day) }
export const expired = { from: new Date(Date.now() - 30 * day), to: new Date(Date.now() - day) }
export const notYetValid = { from: new Date(Date.now() + day), to: new Date(Date.now() + 30 * day) }
