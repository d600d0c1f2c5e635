import { FairleadError } from '@fairlead/contracts/errors'
import { describe, expect, it } from 'vitest'
import { parseServer, refusalOf, resolveEndpoint } from './endpoint-guard'

const nobody = { cidrs: [] }
const everything = { cidrs: ['0.0.0.0/0', '::/0'] }
const never = [
  '0.0.0.0',
  '0.1.2.3',
  '169.254.169.254',
  '169.254.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '240.0.0.1',
  '100.100.100.200',
  '::',
  'fe80::1',
  'ff02::1',
  'fd00:ec2::254',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:0:7f00:1::',
]
const gated = [
  '127.0.0.1',
  '127.255.255.254',
  '::1',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  'fd12:3456::1',
  '198.18.0.1',
]
const open = ['8.8.8.8', '172.32.0.1', '11.0.0.1', '100.128.0.1', '2606:4700::1111']

describe('an address', () => {
  it.each(never)('%s is never dialled, whatever is allowed', (address) => {
    expect(refusalOf(address, everything)).toBeTypeOf('string')
    expect(refusalOf(address, nobody)).toBeTypeOf('string')
  })
  it.each(gated)('%s is dialled only when the administrator allows it', (address) => {
    expect(refusalOf(address, nobody)).toBeTypeOf('string')
    expect(refusalOf(address, everything)).toBeNull()
  })
  it.each(open)('%s is public', (address) => expect(refusalOf(address, nobody)).toBeNull())
  it('outside the allowed range stays refused', () => {
    expect(refusalOf('10.1.0.1', { cidrs: ['10.0.0.0/16'] })).toBe('a private address')
    expect(refusalOf('10.0.9.1', { cidrs: ['10.0.0.0/16'] })).toBeNull()
  })
  it('of nonsense is refused, and so is a nonsense range', () => {
    expect(refusalOf('localhost', everything)).toBe('not an IP address')
    for (const cidr of ['10.0.0.0', '10.0.0.0/33', 'x/8', '10.0.0.0/', '::/129'])
      expect(() => refusalOf('10.0.0.1', { cidrs: [cidr] })).toThrow(FairleadError)
  })
})

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
