import { expect, it } from 'vitest'
import { challengeOf } from './challenge'

const hub =
  'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull"'

it.each([
  [undefined, null],
  ['', null],
  ['Negotiate', null],
  ['Negotiate TlRMTVNT==', null],
  ['Bearer', null],
  ['Bearer service="no realm"', null],
  ['Basic realm="Registry"', { scheme: 'basic' }],
  ['basic', { scheme: 'basic' }],
  [
    hub,
    {
      scheme: 'bearer',
      realm: 'https://auth.docker.io/token',
      service: 'registry.docker.io',
      scope: 'repository:a/b:pull',
    },
  ],
  [
    'bearer Realm = "https://a.example/token?x=1,2" , scope="repository:a/b:pull,push repository:c:pull"',
    {
      scheme: 'bearer',
      realm: 'https://a.example/token?x=1,2',
      service: null,
      scope: 'repository:a/b:pull,push repository:c:pull',
    },
  ],
  [
    String.raw`Bearer realm=https://a.example/token, service="the \"best\""`,
    { scheme: 'bearer', realm: 'https://a.example/token', service: 'the "best"', scope: null },
  ],
  [`Basic realm="one", ${hub}`, { scheme: 'bearer', realm: 'https://auth.docker.io/token' }],
  ['Bearer scope="pull", Basic realm="https://not.example"', { scheme: 'basic' }],
  ['Bearer realm="never closed', null],
])('%s asks for %j', (header, expected) => {
  const found = challengeOf(header)
  if (expected === null) expect(found).toBeNull()
  else expect(found).toMatchObject(expected)
})

it('is read in a time that grows with its length alone', () => {
  const long = `Bearer ${'a="\\\\'.repeat(50_000)}`
  expect(challengeOf(long)).toBeNull()
})
