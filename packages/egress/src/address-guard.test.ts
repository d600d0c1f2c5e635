import { FairleadError } from '@fairlead/contracts/errors'
import { describe, expect, it } from 'vitest'
import { addressGuard, hostOf } from './address-guard'

const guard = (allow: readonly string[]) =>
  addressGuard(allow, (host, address, refusal) => new Error(`${host} ${address} ${refusal}`))
const nobody = guard([])
const everything = guard(['0.0.0.0/0', '::/0'])
const never = [
  '0.0.0.0',
  '0.1.2.3',
  '169.254.169.254',
  '169.254.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '240.0.0.1',
  '100.100.100.200',
  '192.0.0.192',
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
  '192.0.0.1',
  'fd12:3456::1',
  '198.18.0.1',
]
const open = ['8.8.8.8', '172.32.0.1', '11.0.0.1', '100.128.0.1', '2606:4700::1111']

describe('an address', () => {
  it.each(never)('%s is never dialled, whatever is allowed', (address) => {
    expect(everything.refusalOf(address)).toBeTypeOf('string')
    expect(nobody.refusalOf(address)).toBeTypeOf('string')
  })
  it.each(gated)('%s is dialled only when the administrator allows it', (address) => {
    expect(nobody.refusalOf(address)).toBeTypeOf('string')
    expect(everything.refusalOf(address)).toBeNull()
  })
  it.each(open)('%s is public', (address) => expect(nobody.refusalOf(address)).toBeNull())
  it('outside the allowed range stays refused', () => {
    const narrow = guard(['10.0.0.0/16'])
    expect(narrow.refusalOf('10.1.0.1')).toBe('a private address')
    expect(narrow.refusalOf('10.0.9.1')).toBeNull()
  })
  it('of nonsense is refused, and so is a nonsense range', () => {
    expect(everything.refusalOf('localhost')).toBe('not an IP address')
    for (const cidr of ['10.0.0.0', '10.0.0.0/33', 'x/8', '10.0.0.0/', '::/129', 'all'])
      expect(() => guard([cidr])).toThrow(FairleadError)
  })
})

describe('a host', () => {
  it('by name is refused in the words of whoever asks, when one of its addresses is', async () => {
    await expect(nobody.resolve('localhost')).rejects.toThrow(/^localhost .* a loopback address$/)
    expect((await guard(['127.0.0.0/8', '::1/128']).resolve('localhost')).length).toBeGreaterThan(0)
  })
  it('that is a literal address is checked without asking anybody', () => {
    expect(() => nobody.assertLiteral('10.0.0.1')).toThrow(/a private address/)
    expect(() => nobody.assertLiteral('example.org')).not.toThrow()
    expect(hostOf(new URL('https://[::1]:6443'))).toBe('::1')
  })
})
