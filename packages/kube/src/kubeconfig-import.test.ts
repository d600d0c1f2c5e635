import { readdirSync, readFileSync } from 'node:fs'
import { FairleadError } from '@fairlead/contracts/errors'
import { KubeConfig } from '@kubernetes/client-node'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { authenticatorOf } from './auth/authenticator'
import { createCredentialSources } from './auth/credential-sources'
import { tlsOptionsOf } from './connection'
import { listContexts, parseKubeconfig } from './kubeconfig-import'
import { expired, notYetValid, testCertificate, testKey, validNow } from './test-certificate'

const key = testKey()
const base64 = (text: string) => Buffer.from(text).toString('base64')
const encrypted = String(
  key.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }),
)
const fills: Readonly<Record<string, string>> = {
  CA: base64(testCertificate(key, validNow)),
  CERT: base64(testCertificate(key, validNow)),
  KEY: base64(key.keyPem),
  OTHER_KEY: base64(testKey().keyPem),
  EXPIRED_CERT: base64(testCertificate(key, expired)),
  FUTURE_CERT: base64(testCertificate(key, notYetValid)),
  ENCRYPTED_KEY: base64(encrypted),
  BROKEN_PEM: base64('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'),
}
const fill = (text: string) => text.replace(/\{\{([A-Z_]+)\}\}/g, (_, name: string) => fills[name] ?? '')

const folder = new URL('../corpus/kubeconfigs/', import.meta.url)
const corpus = readdirSync(folder).map((file) => {
  const text = readFileSync(new URL(file, folder), 'utf8')
  const [, code = '', reason = ''] = /^# expect: (\w+) (.*)/.exec(text) ?? []
  return { file, code, reason, text: fill(text) }
})

const refusalOf = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    return error
  }
  return null
}

const config = (cluster: object, user: object) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server: 'https://k8s.example.com:6443', ...cluster } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  })

describe('a hostile kubeconfig is refused with its reason', () => {
  it('has at least fifty cases', () => expect(corpus.length).toBeGreaterThanOrEqual(50))
  it.each(corpus)('$file', ({ file, code, reason, text }) => {
    const error = refusalOf(() => parseKubeconfig(text, { development: false, fileName: file }))
    if (!(error instanceof FairleadError)) throw new Error(`Not refused: ${file} ${String(error)}`)
    expect(reason).not.toBe('')
    expect(error.code).toBe(code)
    expect(`${error.message} ${error.detail.remedy ?? ''}`).toContain(reason)
    expect(error.detail.file).toBe(file)
    expect(error.message.length).toBeGreaterThan(10)
  })
  it('too large', () => {
    const error = refusalOf(() => parseKubeconfig('#'.repeat(256 * 1024 + 1), { development: true }))
    expect(error).toMatchObject({ code: 'too_large' })
  })
  it('never repeats a credential in the error', () => {
    for (const { text, file } of corpus) {
      const error = refusalOf(() => parseKubeconfig(text, { development: false, fileName: file }))
      const told = JSON.stringify(error instanceof FairleadError ? [error.message, error.detail] : error)
      for (const secret of ['abc.def.ghi', 'secret@', 'password: secret', fills['KEY']?.slice(0, 40) ?? '-'])
        expect(told).not.toContain(secret)
    }
  })
})

describe('a self-contained kubeconfig becomes a connection', () => {
  const users = {
    token: { token: 'abc.def.ghi' },
    certificate: { 'client-certificate-data': fills['CERT'], 'client-key-data': fills['KEY'] },
  }
  it.each(Object.entries(users))('with a %s, as client-node would use it', async (_name, user) => {
    const text = config(
      { 'certificate-authority-data': fills['CA'], 'tls-server-name': 'api.internal' },
      user,
    )
    const connection = parseKubeconfig(text, { development: false })
    const oracle = new KubeConfig()
    oracle.loadFromString(text)
    const theirs: {
      headers?: Record<string, string>
      ca?: Buffer
      cert?: Buffer
      key?: Buffer
      servername?: string
    } = {}
    await oracle.applyToHTTPSOptions(theirs)
    const ours = tlsOptionsOf(connection)
    expect(ours.ca).toBe(theirs.ca?.toString())
    expect(ours.cert).toBe(theirs.cert?.toString())
    expect(ours.key).toBe(theirs.key?.toString())
    expect(ours.servername).toBe(theirs.servername)
    const authenticator = authenticatorOf(connection.auth, createCredentialSources({}))
    expect(await authenticator.authorization()).toBe(theirs.headers?.['Authorization'] ?? null)
    expect(JSON.parse(JSON.stringify(connection))).toEqual(connection)
  })
  it('skips TLS verification only for development clusters', () => {
    const text = config({ 'insecure-skip-tls-verify': true }, users.token)
    expect(parseKubeconfig(text, { development: true }).insecureSkipTlsVerify).toBe(true)
    expect(refusalOf(() => parseKubeconfig(text, { development: false }))).toMatchObject({ code: 'invalid' })
  })
  it('names the line and the path of what it refuses', () => {
    const text =
      'clusters:\n- name: c\n  cluster:\n    server: http://a\nusers: [{name: u, user: {token: t}}]\ncontexts: [{name: x, context: {cluster: c, user: u}}]\n'
    expect(refusalOf(() => parseKubeconfig(text, { development: false, fileName: 'k.yaml' }))).toMatchObject({
      detail: { file: 'k.yaml', line: 4, path: 'clusters[0].cluster.server' },
    })
  })
  it('selects among several contexts', () => {
    const several = config({}, users.token).replace(
      '"contexts":[',
      '"contexts":[{"name":"y","context":{"cluster":"c","user":"u"}},',
    )
    expect(listContexts(several)).toEqual(['y', 'x'])
    expect(parseKubeconfig(several, { development: false, context: 'y' }).server).toBe(
      'https://k8s.example.com:6443',
    )
    expect(refusalOf(() => parseKubeconfig(several, { development: false, context: 'z' }))).toMatchObject({
      code: 'invalid',
    })
  })
})

// UTF-16 units, lone surrogates included; fast-check's own `binary` needs a second to set up.
const anyText = fc
  .array(fc.oneof(fc.nat(0xffff), fc.constantFrom(...Buffer.from('{}[]:-\n"\'&*!|>#% ab1'))), {
    maxLength: 300,
  })
  .map((units) => String.fromCharCode(...units))

describe('whatever is thrown is a FairleadError', () => {
  const onlyFairlead = (text: string) => {
    const error = refusalOf(() => parseKubeconfig(text, { development: true }))
    return error === null || error instanceof FairleadError
  }
  it('for any text', () => fc.assert(fc.property(anyText, onlyFairlead)))
  it('for any JSON', () => fc.assert(fc.property(fc.json(), onlyFairlead)))
  it('for any damage to a corpus file', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...corpus.filter(({ text }) => text.length < 5_000)),
        fc.nat(5_000),
        fc.string({ maxLength: 5 }),
        ({ text }, at, inserted) =>
          onlyFairlead(text.slice(0, at % text.length) + inserted + text.slice(at % text.length)),
      ),
      { numRuns: 300 },
    ))
})
