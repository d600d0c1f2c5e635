import type { CheckStep } from '@fairlead/contracts/cluster'
import { messageOf } from '@fairlead/contracts/errors'
import type { CredentialSources } from './auth/credential-sources'
import type { EksCluster } from './aws/aws-access'
import { parseServer } from './endpoint-guard'
import type { ClusterConnection, EksAuth } from './kube-client'

export interface EksLocated {
  readonly steps: readonly CheckStep[]
  /** null when AWS did not say where it is. */
  readonly connection: ClusterConnection | null
}

async function timed(step: CheckStep['step'], run: () => Promise<string>): Promise<CheckStep> {
  const startedAt = Date.now()
  const outcome = await run().then(
    (message) => ({ passed: true, message }),
    (error: unknown) => ({ passed: false, message: messageOf(error) }),
  )
  return { step, ...outcome, durationMs: Date.now() - startedAt }
}

const addressOf = (endpoint: string): string => parseServer(endpoint).href.replace(/\/$/, '')

/** Asks AWS who we are and where the cluster is. Never throws for what AWS answers. */
export async function locateEks(auth: EksAuth, { aws }: Pick<CredentialSources, 'aws'>): Promise<EksLocated> {
  const identity = await timed('aws', async () => {
    const { account, arn } = await aws.whoAmI(auth)
    return `AWS account ${account}, ${arn}`
  })
  if (!identity.passed) return { steps: [identity], connection: null }
  const found: { cluster: EksCluster | null } = { cluster: null }
  const described = await timed('eks', async () => {
    const cluster = await aws.describeCluster(auth)
    const address = addressOf(cluster.endpoint)
    found.cluster = { ...cluster, endpoint: address }
    return `${auth.cluster} is ${cluster.status.toLowerCase()}, version ${cluster.version}, at ${address}`
  })
  const { cluster } = found
  return {
    steps: [identity, described],
    connection:
      cluster === null
        ? null
        : { server: cluster.endpoint, caPem: cluster.caPem, auth, insecureSkipTlsVerify: false },
  }
}

/** Of a registered cluster: EKS has to give the address and the authority that were registered. */
export function withSameAddress(located: EksLocated, known: ClusterConnection): EksLocated {
  const { connection } = located
  if (connection === null) return located
  const differs =
    connection.server !== known.server
      ? `another address now: ${connection.server}`
      : connection.caPem !== known.caPem
        ? 'another certificate authority now'
        : null
  if (differs === null) return located
  const message = `EKS gives ${differs}. Rotate the credential to take it over.`
  return {
    connection: null,
    steps: located.steps.map((step) => (step.step === 'eks' ? { ...step, passed: false, message } : step)),
  }
}
