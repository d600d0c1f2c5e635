import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from './run-command'

const VALID_DAYS = '3650'

export interface CertificateRequest {
  readonly name: string
  readonly authority: 'ca' | 'etcd-ca'
  /** OpenSSL's form: /O=system:masters/CN=admin */
  readonly subject: string
  readonly usage: readonly ('clientAuth' | 'serverAuth')[]
  readonly altNames?: readonly string[]
}

/** Makes what is missing: both authorities, the service accounts' key, and one pair per request. */
export async function ensurePki(dir: string, requests: readonly CertificateRequest[]): Promise<void> {
  for (const authority of ['ca', 'etcd-ca']) await ensureAuthority(dir, authority)
  const key = join(dir, 'service-accounts.key')
  if (!existsSync(key)) {
    await runCommand('openssl', ['genrsa', '-out', `${key}.new`, '2048'])
    await runCommand('openssl', [
      'rsa',
      '-in',
      `${key}.new`,
      '-pubout',
      '-out',
      join(dir, 'service-accounts.pub'),
    ])
    renameSync(`${key}.new`, key)
  }
  for (const request of requests) await ensureCertificate(dir, request)
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

async function ensureAuthority(dir: string, name: string): Promise<void> {
  const [key, crt] = [join(dir, `${name}.key`), join(dir, `${name}.crt`)]
  if (existsSync(crt)) return
  const extensions = ['-addext', 'keyUsage=critical,keyCertSign,cRLSign,digitalSignature']
  const subject = ['-subj', `/CN=fairlead-${name}`, '-days', VALID_DAYS]
  await runCommand('openssl', [
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    key,
    '-out',
    `${crt}.new`,
    ...subject,
    ...extensions,
  ])
  renameSync(`${crt}.new`, crt)
}

async function ensureCertificate(dir: string, request: CertificateRequest): Promise<void> {
  const at = (suffix: string) => join(dir, `${request.name}.${suffix}`)
  if (existsSync(at('crt'))) return
  const lines = [`extendedKeyUsage=${request.usage.join(',')}`, 'keyUsage=critical,digitalSignature']
  if (request.altNames) lines.push(`subjectAltName=${request.altNames.join(',')}`)
  writeFileSync(at('ext'), `${lines.join('\n')}\n`)
  await runCommand('openssl', [
    'req',
    ...newKey,
    '-keyout',
    at('key'),
    '-out',
    at('csr'),
    '-subj',
    request.subject,
  ])
  const { name, authority } = request
  const signer = ['-CA', `${authority}.crt`, '-CAkey', `${authority}.key`, '-CAcreateserial']
  const out = ['-out', `${name}.crt.new`, '-days', VALID_DAYS, '-extfile', `${name}.ext`]
  // From within: the name of the file of serials may take 255 bytes, folders included.
  await runCommand('openssl', ['x509', '-req', '-in', `${name}.csr`, ...signer, ...out], { cwd: dir })
  renameSync(at('crt.new'), at('crt'))
  for (const suffix of ['csr', 'ext']) rmSync(at(suffix), { force: true })
}
