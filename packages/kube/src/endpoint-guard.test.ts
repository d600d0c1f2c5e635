import { describe, expect, it } from 'vitest'
import { parseServer, resolveEndpoint } from './endpoint-guard'

const nobody = { cidrs: [] }
const everything = { cidrs: ['0.0.0.0/0', '::/0'] }

describe('a server', () => {
  it.each([
    'https://2130706433',
    'https://0x7f.1',
    'https://0177.0.0.1',
    'https://127.1',
    'https://[::1]:6443',
    'https://localhost',
  ])('%s is recognised as loopback', async (server) => {
    await expect(resolveEndpoint(server, nobody)).rejects.toMatchObject({ code: 'forbidden' })
    expect((await resolveEndpoint(server, { cidrs: ['127.0.0.0/8', '::1/128'] })).address).toMatch(
      /^(127\.0\.0\.1|::1)$/,
    )
  })
  it('keeps its port, 443 by default', async () => {
    expect(await resolveEndpoint('https://127.0.0.1:26000', everything)).toMatchObject({
      port: 26000,
      address: '127.0.0.1',
    })
    expect(await resolveEndpoint('https://127.0.0.1', everything)).toMatchObject({ port: 443 })
  })
  it('may have a path, as behind a gateway', () =>
    expect(parseServer('https://rancher.example.com/k8s/clusters/c-1').pathname).toBe('/k8s/clusters/c-1'))
})
