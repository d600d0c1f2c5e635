import type { ClusterConnection } from './kube-client'
import { textAt, type Place } from './kubeconfig-file'
import { decodeBase64, readCertificates, readPrivateKey } from './pem'

const maxTokenBytes = 16 * 1024

function readToken(user: Place, token: string): ClusterConnection['auth'] {
  // Anything else would end up in a header: a line break there is another header.
  if (!/^[\x21-\x7e]+$/.test(token))
    throw user.refuse(
      'token',
      'The token contains a line break, a blank or another character that no token has',
      {
        expected: 'one word of ASCII characters',
      },
    )
  if (token.length > maxTokenBytes)
    throw user.refuse('token', 'The token is too long', { expected: `at most ${maxTokenBytes} characters` })
  return { kind: 'token', token }
}

function decode(user: Place, key: 'client-certificate-data' | 'client-key-data', value: string): string {
  const pem = decodeBase64(value)
  if (pem === null) throw user.refuse(key, `${key} is not base64`, { expected: 'base64 of a PEM block' })
  return pem
}

function readClientCertificate(user: Place, data: { cert: string; key: string }, now: Date) {
  const certPem = decode(user, 'client-certificate-data', data.cert)
  const keyPem = decode(user, 'client-key-data', data.key)
  const [certificate] = readCertificates(certPem) ?? []
  if (certificate === undefined)
    throw user.refuse('client-certificate-data', 'client-certificate-data is not a PEM certificate', {
      expected: 'BEGIN CERTIFICATE',
    })
  const key = readPrivateKey(keyPem)
  if (key === null)
    throw user.refuse('client-key-data', 'client-key-data is not an unencrypted PEM private key', {
      expected: 'BEGIN PRIVATE KEY',
    })
  if (!certificate.checkPrivateKey(key))
    throw user.refuse('client-key-data', 'client-key-data does not belong to client-certificate-data')
  if (new Date(certificate.validTo) < now)
    throw user.refuse('client-certificate-data', `The client certificate expired on ${certificate.validTo}`, {
      found: certificate.validTo,
      expected: 'a certificate that is still valid',
      remedy: 'Renew it and import the kubeconfig again.',
    })
  if (new Date(certificate.validFrom) > now)
    throw user.refuse(
      'client-certificate-data',
      `The client certificate is not valid before ${certificate.validFrom}`,
    )
  return { kind: 'certificate', certPem, keyPem } as const
}

/** Exactly one way to authenticate, inline. */
export function readCredential(user: Place, now: Date): ClusterConnection['auth'] {
  const token = textAt(user, 'token')
  const cert = textAt(user, 'client-certificate-data')
  const key = textAt(user, 'client-key-data')
  const expected = 'a token, or client-certificate-data with client-key-data'
  if (token !== undefined && (cert !== undefined || key !== undefined))
    throw user.refuse('token', 'The user has two credentials, a token and a client certificate', {
      expected: 'one of them',
    })
  if (token !== undefined) return readToken(user, token)
  if (cert === undefined && key === undefined)
    throw user.refuse(null, 'The user has no credential', { expected })
  if (cert === undefined)
    throw user.refuse('client-key-data', 'client-certificate-data is missing', { expected })
  if (key === undefined)
    throw user.refuse('client-certificate-data', 'client-key-data is missing', { expected })
  return readClientCertificate(user, { cert, key }, now)
}
