import { createAwsAccess, type AwsAccess } from '../aws/aws-access'
import type { CredentialSources as Sources } from './authenticator'
import { createEksTokens } from './eks-tokens'
import { serviceAccountFolder, type InCluster } from './in-cluster'

export interface CredentialSources extends Sources {
  readonly aws: AwsAccess
}

export interface SourceSettings {
  /** Replaces AWS's own endpoints; from the operator's environment, never from a person's input. */
  readonly awsEndpoint?: string | undefined
  /** KUBERNETES_SERVICE_HOST and _PORT of this process. */
  readonly inCluster?: (Omit<InCluster, 'folder'> & Partial<InCluster>) | null | undefined
}

/** One per process: tokens are shared by all of its connections. */
export function createCredentialSources({ awsEndpoint, inCluster }: SourceSettings): CredentialSources {
  const aws = createAwsAccess({ endpoint: awsEndpoint })
  const eksTokens = createEksTokens({
    mint: async (auth) => {
      const credentials = await aws.credentialsOf(auth)
      const { eksToken } = await import('./eks-token')
      return {
        token: await eksToken(auth, credentials, new Date()),
        endsAt: credentials.expiration?.getTime() ?? null,
      }
    },
    now: Date.now,
    random: Math.random,
  })
  return {
    aws,
    eksTokens,
    inCluster: inCluster == null ? null : { folder: serviceAccountFolder, ...inCluster },
  }
}
