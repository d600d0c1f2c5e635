import { FairleadError, type ErrorDetail } from '@fairlead/contracts/errors'
import type { z } from 'zod'
import type { tokenAccessSchema } from '@fairlead/contracts/cluster-access'
import { parseServer } from '../endpoint-guard'
import type { ClusterConnection } from '../kube-client'
import { readCertificates } from '../pem'

const invalid = (path: string, message: string, detail: ErrorDetail) =>
  new FairleadError('invalid', message, { path: `token.${path}`, ...detail })

/** Address, authority and a service account's token → connection. Throws `invalid`. */
export function connectionOfToken(given: z.infer<typeof tokenAccessSchema>): ClusterConnection {
  const server = parseServer(given.server.trim()).href.replace(/\/$/, '')
  const token = given.token.trim()
  // A line break in a header is another header.
  if (!/^[\x21-\x7e]+$/.test(token))
    throw invalid('token', 'The token contains a blank or another character that no token has', {
      expected: 'one word of ASCII characters, as kubectl create token prints it',
    })
  if (given.ca !== undefined && readCertificates(given.ca) === null)
    throw invalid('ca', 'The certificate authority is not a PEM bundle of certificates', {
      expected: 'one or more BEGIN CERTIFICATE blocks',
      remedy: 'It is ca.crt of the config map kube-root-ca.crt, which every namespace has.',
    })
  return {
    server,
    caPem: given.ca ?? null,
    auth: { kind: 'token', token },
    insecureSkipTlsVerify: false,
  }
}
