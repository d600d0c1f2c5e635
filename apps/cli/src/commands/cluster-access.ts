import type { AwsIdentity, ClusterAccess } from '@fairlead/contracts/cluster-access'
import { FairleadError } from '@fairlead/contracts/errors'
import type { Command } from 'commander'
import { readInput } from '../read-input'

export interface AwsOptions {
  readonly region?: string
  readonly roleArn?: string
  readonly externalId?: string
  readonly accessKeyId?: string
  readonly secretKeyFile?: string
}
export interface AccessOptions extends AwsOptions {
  readonly kubeconfig?: string
  readonly context?: string
  readonly server?: string
  readonly caFile?: string
  readonly tokenFile?: string
  readonly eks?: string
  readonly inCluster?: boolean
}

export const withAwsOptions = (command: Command): Command =>
  command
    .option('--region <region>', 'AWS region of the EKS cluster')
    .option('--role-arn <arn>', 'role to assume for EKS')
    .option('--external-id <id>', "the external id that the role's trust policy asks for")
    .option('--access-key-id <id>', 'AWS access key; without one, the identity of Fairlead itself')
    .option('--secret-key-file <file>', 'its secret; - for standard input')

/** The ways to a cluster: exactly one of them is given. */
export const withAccessOptions = (command: Command): Command =>
  withAwsOptions(
    command
      .option('--kubeconfig <file>', 'a self-contained kubeconfig; - for standard input')
      .option('--context <context>', 'of the kubeconfig')
      .option('--server <url>', 'address of the API server, with --token-file')
      .option('--ca-file <file>', "its certificate authority; without one, the system's are trusted")
      .option('--token-file <file>', "a service account's token; - for standard input")
      .option('--in-cluster', 'the cluster that Fairlead itself runs in')
      .option('--eks <cluster>', 'name of an EKS cluster, with --region'),
  )

const usage = (message: string, path: string): FairleadError =>
  new FairleadError('invalid', message, { path })

export async function awsIdentity(options: AwsOptions): Promise<AwsIdentity> {
  const { region, roleArn, externalId, accessKeyId, secretKeyFile } = options
  if (region === undefined) throw usage('EKS needs --region.', '--region')
  if ((accessKeyId === undefined) !== (secretKeyFile === undefined))
    throw usage('--access-key-id and --secret-key-file go together.', '--access-key-id')
  return {
    region,
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(externalId === undefined ? {} : { externalId }),
    ...(accessKeyId === undefined || secretKeyFile === undefined
      ? {}
      : { accessKey: { id: accessKeyId, secret: (await readInput(secretKeyFile)).trim() } }),
  }
}

/** Options → what the API takes. Throws `invalid` for none, several, or half of one. */
export async function accessFrom(options: AccessOptions): Promise<ClusterAccess> {
  const given = (['kubeconfig', 'server', 'inCluster', 'eks'] as const).filter(
    (way) => options[way] !== undefined,
  )
  if (given.length !== 1)
    throw usage('Exactly one of --kubeconfig, --server, --in-cluster and --eks is expected.', '--kubeconfig')
  if (options.kubeconfig !== undefined)
    return {
      kubeconfig: await readInput(options.kubeconfig),
      ...(options.context === undefined ? {} : { context: options.context }),
    }
  if (options.eks !== undefined) return { eks: { ...(await awsIdentity(options)), cluster: options.eks } }
  if (options.server === undefined) return { inCluster: true }
  if (options.tokenFile === undefined) throw usage('--server needs --token-file.', '--token-file')
  return {
    token: {
      server: options.server,
      token: (await readInput(options.tokenFile)).trim(),
      ...(options.caFile === undefined ? {} : { ca: await readInput(options.caFile) }),
    },
  }
}
