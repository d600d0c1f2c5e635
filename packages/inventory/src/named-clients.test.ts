import { connect } from '@fairlead/kube/connection'
import { afterAll, describe, expect, it } from 'vitest'
import { mostKept, namedClients } from './named-clients'

/** Dials nothing until it is asked something. */
const client = connect(
  {
    server: 'https://127.0.0.1:1',
    caPem: null,
    auth: { kind: 'token', token: 't' },
    insecureSkipTlsVerify: false,
  },
  { allow: { cidrs: ['127.0.0.0/8'] } },
)
afterAll(() => client.close())

const ada = { user: 'fairlead:ada@example.org', groups: ['fairlead:project:shop'] }

describe('a client in somebody’s name', () => {
  it('is one and the same for the same name, and nobody else’s', () => {
    const named = namedClients(client)
    const adas = named.as(ada)
    expect(adas.principal).toEqual(ada)
    expect(named.as({ ...ada })).toBe(adas)
    for (const other of [
      { ...ada, user: 'fairlead:bob@example.org' },
      { ...ada, groups: [] },
      { ...ada, groups: [...ada.groups, 'fairlead:project:shop:operator'] },
      { user: ada.groups[0] ?? '', groups: [ada.user] },
    ])
      expect(named.as(other)).not.toBe(adas)
  })

  it('is forgotten when many others were asked for since, and not before', () => {
    const named = namedClients(client)
    const adas = named.as(ada)
    const others = (count: number) => {
      for (let index = 0; index < count; index++) named.as({ user: `fairlead:${index}`, groups: [] })
    }
    others(mostKept - 1)
    expect(named.as(ada)).toBe(adas)
    others(mostKept)
    expect(named.as(ada)).not.toBe(adas)
  })
})
