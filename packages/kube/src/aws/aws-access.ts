import { FairleadError } from '@fairlead/contracts/errors'
import type { AwsIdentity, EksAccess } from '@fairlead/contracts/cluster-access'
import { z } from 'zod'
import { decodeBase64, readCertificates } from '../pem'
import { awsError } from './aws-error'
import { readInsights, type InsightsAnswer } from './eks-insights'

export interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly expiration?: Date
}

/** Who asks AWS; `sessionName` is what CloudTrail shows of a role that is taken on. */
export type AwsCaller = AwsIdentity & { readonly sessionName: string }

export interface EksCluster {
  readonly endpoint: string
  readonly caPem: string
  readonly status: string
  readonly version: string
}

/** The little of AWS that is needed. Failures are FairleadErrors that name the call. */
export interface AwsAccess {
  credentialsOf(caller: AwsCaller): Promise<AwsCredentials>
  whoAmI(caller: AwsCaller): Promise<{ account: string; arn: string }>
  listClusters(caller: AwsCaller): Promise<string[]>
  describeCluster(caller: AwsCaller & Pick<EksAccess, 'cluster'>): Promise<EksCluster>
  /** What EKS itself says of the cluster's next upgrades. */
  insights(caller: AwsCaller & Pick<EksAccess, 'cluster'>): Promise<InsightsAnswer>
}

const maxClusters = 1_000
const maxAttempts = 2
const requestHandler = { connectionTimeout: 3_000, requestTimeout: 5_000 }
const sessionSeconds = 3_600

const describedSchema = z.object({
  status: z.string().max(50),
  version: z.string().max(50),
  endpoint: z.string().max(2_000),
  certificateAuthority: z.object({ data: z.string().max(256 * 1024) }),
})

/** `endpoint` replaces AWS's own; it comes from the operator's environment alone. */
export function createAwsAccess({ endpoint }: { readonly endpoint?: string | undefined }): AwsAccess {
  const common = ({ region }: AwsIdentity) => ({
    region,
    maxAttempts,
    requestHandler,
    ...(endpoint === undefined ? {} : { endpoint }),
  })
  // Loaded when the first EKS cluster is met: a watcher without one never pays for them.
  const sts = () => import('@aws-sdk/client-sts')
  const eks = () => import('@aws-sdk/client-eks')

  const stsClient = async (caller: AwsCaller, credentials?: AwsCredentials) => {
    const { STSClient } = await sts()
    return new STSClient({ ...common(caller), ...(credentials === undefined ? {} : { credentials }) })
  }
  const baseCredentials = async (caller: AwsCaller): Promise<AwsCredentials> => {
    if (caller.accessKey !== undefined)
      return { accessKeyId: caller.accessKey.id, secretAccessKey: caller.accessKey.secret }
    return named('AWS', async () => (await stsClient(caller)).config.credentials())
  }
  const credentialsOf = async (caller: AwsCaller): Promise<AwsCredentials> => {
    const base = await baseCredentials(caller)
    return caller.roleArn === undefined ? base : assume(await stsClient(caller, base), caller)
  }

  return {
    credentialsOf,
    whoAmI: async (caller) => {
      const { GetCallerIdentityCommand } = await sts()
      const client = await stsClient(caller, await credentialsOf(caller))
      const { Account = '', Arn = '' } = await named('AWS STS GetCallerIdentity', () =>
        client.send(new GetCallerIdentityCommand({})),
      )
      return { account: Account, arn: Arn }
    },
    listClusters: async (caller) => {
      const { EKSClient, paginateListClusters } = await eks()
      const client = new EKSClient({ ...common(caller), credentials: await credentialsOf(caller) })
      return named(`EKS ListClusters in ${caller.region}`, async () => {
        const names: string[] = []
        for await (const { clusters = [] } of paginateListClusters({ client, pageSize: 100 }, {})) {
          names.push(...clusters)
          if (names.length >= maxClusters) break
        }
        return names.slice(0, maxClusters).toSorted((a, b) => a.localeCompare(b))
      })
    },
    describeCluster: async (caller) => {
      const { EKSClient, DescribeClusterCommand } = await eks()
      const client = new EKSClient({ ...common(caller), credentials: await credentialsOf(caller) })
      const { cluster } = await named(`EKS DescribeCluster of ${caller.cluster}`, () =>
        client.send(new DescribeClusterCommand({ name: caller.cluster })),
      )
      return readDescription(cluster, caller.cluster)
    },
    insights: async (caller) => {
      const { EKSClient } = await eks()
      const client = new EKSClient({ ...common(caller), credentials: await credentialsOf(caller) })
      return readInsights(client, caller.cluster)
    },
  }
}

async function named<T>(what: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw awsError(error, what)
  }
}

type StsClient = InstanceType<(typeof import('@aws-sdk/client-sts'))['STSClient']>

async function assume(client: StsClient, caller: AwsCaller): Promise<AwsCredentials> {
  const { AssumeRoleCommand } = await import('@aws-sdk/client-sts')
  const { roleArn, externalId, sessionName } = caller
  const { Credentials } = await named(`AWS STS AssumeRole of ${roleArn ?? ''}`, () =>
    client.send(
      new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: sessionName,
        DurationSeconds: sessionSeconds,
        ...(externalId === undefined ? {} : { ExternalId: externalId }),
      }),
    ),
  )
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {}
  if (AccessKeyId === undefined || SecretAccessKey === undefined)
    throw new FairleadError('unavailable', 'AWS STS AssumeRole answered without credentials')
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }),
    ...(Expiration === undefined ? {} : { expiration: Expiration }),
  }
}

function readDescription(described: unknown, name: string): EksCluster {
  const status = z.object({ status: z.string().max(50) }).safeParse(described)
  if (status.success && status.data.status === 'CREATING')
    throw new FairleadError('unavailable', `EKS is still creating ${name}: it has no address yet`)
  const parsed = describedSchema.safeParse(described)
  const caPem = parsed.success ? decodeBase64(parsed.data.certificateAuthority.data) : null
  if (!parsed.success || caPem === null || readCertificates(caPem) === null)
    throw new FairleadError('unavailable', `EKS describes ${name} without a usable address and authority`)
  const { endpoint, version } = parsed.data
  return { endpoint, caPem, status: parsed.data.status, version }
}
