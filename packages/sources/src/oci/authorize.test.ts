import { expect, it } from 'vitest'
import { tokenUrl } from './authorize'

const name = 'team/charts/web'
const registry = new URL('https://registry.example.org/')
const bearer = { scheme: 'bearer', service: null, scope: null } as const

it.each([
  [
    { realm: 'https://auth.example.org/token' },
    'https://auth.example.org/token?scope=repository%3Ateam%2Fcharts%2Fweb%3Apull',
  ],
  [
    {
      realm: 'https://auth.example.org/token?tenant=1',
      service: 'a&b',
      scope: 'repository:a:pull repository:b:pull',
    },
    'https://auth.example.org/token?tenant=1&service=a%26b&scope=repository%3Aa%3Apull&scope=repository%3Ab%3Apull',
  ],
  [{ realm: '/token', scope: 'aws' }, 'https://registry.example.org/token?scope=aws'],
])('the token of %j is asked for at %s', (given, expected) => {
  expect(tokenUrl({ registry, name }, { ...bearer, ...given }).href).toBe(expected)
})

it.each(['http://auth.example.org/token', 'file:///etc/passwd', 'https://a:b@auth.example.org/', 'https://'])(
  'no login goes to %s',
  (realm) => {
    expect(() => tokenUrl({ registry, name }, { ...bearer, realm })).toThrow(
      expect.objectContaining({ code: 'forbidden' }),
    )
  },
)
