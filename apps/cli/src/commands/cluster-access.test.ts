import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessFrom, withAccessOptions, type AccessOptions } from './cluster-access'

let folder: string
const file = (name: string) => path.join(folder, name)
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'access-'))
  fs.writeFileSync(file('token'), 'a.b.c\n')
  fs.writeFileSync(file('ca'), 'PEM')
  fs.writeFileSync(file('secret'), 'secret\n')
})
afterAll(() => fs.rmSync(folder, { recursive: true }))

const read = (...args: readonly string[]) =>
  accessFrom(withAccessOptions(new Command()).parse(args, { from: 'user' }).opts<AccessOptions>())

describe('the way to a cluster', () => {
  it('is a token with its server and authority', async () =>
    expect(
      await read('--server', 'https://k', '--ca-file', file('ca'), '--token-file', file('token')),
    ).toEqual({
      token: { server: 'https://k', ca: 'PEM', token: 'a.b.c' },
    }))
  it('is the cluster that Fairlead runs in', async () =>
    expect(await read('--in-cluster')).toEqual({ inCluster: true }))
  it('is an EKS cluster by a role, or by an access key whose secret stays out of the arguments', async () => {
    const eks = ['--eks', 'prod', '--region', 'eu-central-1']
    const role = 'arn:aws:iam::123456789012:role/fairlead'
    expect(await read(...eks, '--role-arn', role, '--external-id', 'x1')).toEqual({
      eks: { cluster: 'prod', region: 'eu-central-1', roleArn: role, externalId: 'x1' },
    })
    expect(await read(...eks, '--access-key-id', 'AKIA', '--secret-key-file', file('secret'))).toEqual({
      eks: { cluster: 'prod', region: 'eu-central-1', accessKey: { id: 'AKIA', secret: 'secret' } },
    })
  })
  it.each([
    [['--context', 'x'], 'Exactly one'],
    [['--eks', 'prod', '--in-cluster'], 'Exactly one'],
    [['--eks', 'prod'], '--region'],
    [['--server', 'https://k'], '--token-file'],
    [['--eks', 'prod', '--region', 'eu-central-1', '--access-key-id', 'AKIA'], 'go together'],
  ])('is refused when it is %j', async (args, words) => await expect(read(...args)).rejects.toThrow(words))
})
