import { describe, expect, it } from 'vitest'
import { eksCommand, eksOfExec, eksOfKubeconfig } from './kubeconfig-eks'

const role = 'arn:aws:iam::123456789012:role/fairlead'
const prod = { cluster: 'prod', region: 'eu-central-1', roleArn: null, externalId: null }

const meant: readonly (readonly [string, object, object])[] = [
  [
    'aws eks update-kubeconfig writes',
    {
      command: 'aws',
      args: ['--region', 'eu-central-1', 'eks', 'get-token', '--cluster-name', 'prod', '--output', 'json'],
    },
    prod,
  ],
  [
    'it writes with a role',
    {
      command: '/usr/bin/aws',
      args: ['--region', 'eu-central-1', 'eks', 'get-token', '--cluster-name', 'prod', '--role-arn', role],
    },
    { ...prod, roleArn: role },
  ],
  [
    'terraform writes with flags joined by =',
    { command: 'aws', args: ['eks', 'get-token', '--cluster-name=prod', '--region=eu-central-1'] },
    prod,
  ],
  [
    'aws-iam-authenticator takes, with the region in the environment',
    {
      command: 'C:\\bin\\aws-iam-authenticator.exe',
      args: ['token', '-i', 'prod', '-r', role, '-e', 'ticket-1'],
      env: [{ name: 'AWS_REGION', value: 'eu-central-1' }],
    },
    { ...prod, roleArn: role, externalId: 'ticket-1' },
  ],
]

describe('the EKS cluster that a kubeconfig means', () => {
  it.each(meant)('is read from what %s', (_name, exec, hint) => expect(eksOfExec(exec)).toEqual(hint))

  it('has its region in the address when nothing else says it', () => {
    const exec = { command: 'aws', args: ['eks', 'get-token', '--cluster-name', 'prod'] }
    const server = 'https://0A1B.gr7.eu-central-1.eks.amazonaws.com'
    expect(eksOfExec(exec, server)).toEqual(prod)
    expect(eksOfExec(exec, 'https://k8s.example.com')).toBeNull()
  })

  it.each([
    ['another program', { command: 'gke-gcloud-auth-plugin' }],
    [
      'a name that is no cluster',
      { command: 'aws', args: ['--region', 'eu-central-1', '--cluster-name', 'a; rm -rf /'] },
    ],
    [
      'a region that is none',
      { command: 'aws', args: ['--region', 'evil.example/', '--cluster-name', 'prod'] },
    ],
    [
      'a role that is none',
      { command: 'aws', args: ['--region', 'eu-central-1', '--cluster-name', 'prod', '--role-arn', '$(id)'] },
    ],
    ['arguments that are no texts', { command: 'aws', args: { a: 1 } }],
    ['a text', 'aws'],
  ])('is not guessed from %s', (_name, exec) => expect(eksOfExec(exec)).toBeNull())

  it('is found in a whole file, and in nothing that is no kubeconfig', () => {
    const file = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'c', cluster: { server: 'https://k8s.example.com' } }],
      users: [{ name: 'u', user: { exec: meant[0]?.[1] } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    }
    expect(eksOfKubeconfig(JSON.stringify(file))).toEqual(prod)
    expect(eksOfKubeconfig('a: [')).toBeNull()
    expect(eksOfKubeconfig('')).toBeNull()
  })

  it('has a command that registers it', () =>
    expect(eksCommand({ ...prod, cluster: 'Prod_EU', roleArn: role, externalId: 'ticket-1' })).toBe(
      `fairlead cluster add prod-eu --eks Prod_EU --region eu-central-1 --role-arn ${role} --external-id ticket-1`,
    ))
})
