import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface KubeconfigInput {
  readonly cluster: string
  readonly server: string
  readonly caPem: string
  readonly user: string
  readonly credentials: { readonly token: string } | { readonly certPem: string; readonly keyPem: string }
}

/** One cluster, one user, one context, everything inline: the file can be copied anywhere. */
export function renderKubeconfig(input: KubeconfigInput): string {
  const { credentials } = input
  const user =
    'token' in credentials
      ? [`      token: ${credentials.token}`]
      : [
          `      client-certificate-data: ${base64(credentials.certPem)}`,
          `      client-key-data: ${base64(credentials.keyPem)}`,
        ]
  return [
    'apiVersion: v1',
    'kind: Config',
    'clusters:',
    `  - name: ${input.cluster}`,
    '    cluster:',
    `      server: ${input.server}`,
    `      certificate-authority-data: ${base64(input.caPem)}`,
    'users:',
    `  - name: ${input.user}`,
    '    user:',
    ...user,
    'contexts:',
    `  - name: ${input.cluster}`,
    '    context:',
    `      cluster: ${input.cluster}`,
    `      user: ${input.user}`,
    `current-context: ${input.cluster}`,
    '',
  ].join('\n')
}

export function writeKubeconfig(file: string, input: KubeconfigInput): void {
  writeFileSync(`${file}.new`, renderKubeconfig(input), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

export interface CertificateKubeconfig {
  readonly cluster: string
  readonly server: string
  readonly pki: string
  /** Names the certificate pair and the user. */
  readonly user: string
}

export function writeCertificateKubeconfig(file: string, input: CertificateKubeconfig): void {
  const pem = (name: string) => readFileSync(join(input.pki, name), 'utf8')
  writeKubeconfig(file, {
    cluster: input.cluster,
    server: input.server,
    caPem: pem('ca.crt'),
    user: input.user,
    credentials: { certPem: pem(`${input.user}.crt`), keyPem: pem(`${input.user}.key`) },
  })
}

const base64 = (text: string) => Buffer.from(text).toString('base64')
