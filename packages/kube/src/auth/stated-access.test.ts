import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { connect } from '../connection'
import { sessionNameOf } from '../aws/session-name'
import { testCertificate, testKey, validNow } from '../test-certificate'
import { createCredentialSources } from './credential-sources'
import { connectionInCluster, inClusterServer, inClusterToken } from './in-cluster'
import { connectionOfToken } from './server-token'

const ca = testCertificate(testKey(), validNow)
const folders: string[] = []
const mounted = (files: Readonly<Record<string, string>>) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'service-account-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text)
  return { host: '10.96.0.1', port: 443, folder }
}
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

describe('a token with its server', () => {
  it('becomes a connection that trusts the given authority alone', () =>
    expect(connectionOfToken({ server: ' https://k8s.example.com:6443/ ', ca, token: 'a.b.c\n' })).toEqual({
      server: 'https://k8s.example.com:6443',
      caPem: ca,
      auth: { kind: 'token', token: 'a.b.c' },
      insecureSkipTlsVerify: false,
    }))
  it.each([
    ['http', { server: 'http://k8s.example.com', token: 't' }, 'https'],
    ['a user in the address', { server: 'https://a:b@k8s.example.com', token: 't' }, 'user information'],
    ['a second header in the token', { server: 'https://k8s.example.com', token: 'a\r\nX: y' }, 'token'],
    ['an authority that is none', { server: 'https://k8s.example.com', token: 't', ca: 'x' }, 'PEM'],
  ])('is refused for %s', (_what, given, words) => expect(() => connectionOfToken(given)).toThrow(words))
})

describe('the cluster that the process runs in', () => {
  it('is known by the environment and the two mounted files', async () => {
    const place = mounted({ token: 'one.two.three\n', 'ca.crt': ca })
    expect(await connectionInCluster(place)).toEqual({
      server: 'https://10.96.0.1:443',
      caPem: ca,
      auth: { kind: 'in-cluster' },
      insecureSkipTlsVerify: false,
    })
    expect(await inClusterToken(place)).toBe('one.two.three')
  })
  it('is signed in to with the token as the kubelet last renewed it', async () => {
    const place = mounted({ token: 'first', 'ca.crt': ca })
    await inClusterToken(place)
    writeFileSync(path.join(place.folder, 'token'), 'second')
    expect(await inClusterToken(place)).toBe('second')
  })
  it('does not exist outside of a cluster, in words', async () =>
    await expect(connectionInCluster(null)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('does not run in a cluster'),
    }))
  it('needs a service account', async () =>
    await expect(connectionInCluster(mounted({}))).rejects.toMatchObject({ code: 'cluster_unauthorized' }))
  it('is written with brackets where its address is of version 6', () =>
    expect(inClusterServer({ host: 'fd00::1', port: 443, folder: '/' })).toBe('https://[fd00::1]:443'))

  it('gives its token to no other server', () => {
    const sources = createCredentialSources({ inCluster: mounted({ token: 't', 'ca.crt': ca }) })
    const elsewhere = {
      server: 'https://evil.example:443',
      caPem: ca,
      auth: { kind: 'in-cluster' },
      insecureSkipTlsVerify: false,
    } as const
    const open = () => connect(elsewhere, { allow: { cidrs: [] }, sources })
    expect(open).toThrow('does not run in that cluster')
  })
})

describe('the name of an AWS session', () => {
  it.each([
    [{ email: 'ada@example.org', id: '1' }, 'fairlead-ada@example.org'],
    [{ email: null, id: 'up' }, 'fairlead-up'],
    [{ email: 'a b/ü@x', id: '1' }, 'fairlead-a-b--@x'],
    [{ email: 'x'.repeat(100), id: '1' }, `fairlead-${'x'.repeat(55)}`],
  ])('of %j is within its alphabet and length', (actor, name) => expect(sessionNameOf(actor)).toBe(name))
})
