import type { ClusterAuth } from '../kube-client'
import { inClusterToken, type InCluster } from './in-cluster'
import type { EksTokens } from './eks-tokens'

/** How a connection says who it is, request by request. */
export interface Authenticator {
  /** Value of the Authorization header; null when TLS says it. */
  authorization(): Promise<string | null>
  /** A 401 came back for it: whether there is another one to ask with. */
  refused(authorization: string): Promise<boolean>
  accepted(authorization: string): void
}

/** Where credentials come from that are not in the connection itself. */
export interface CredentialSources {
  readonly eksTokens: EksTokens
  /** null: this process runs in no cluster. */
  readonly inCluster: InCluster | null
}

const unchanging = (authorization: string | null): Authenticator => ({
  authorization: async () => authorization,
  refused: async () => false,
  accepted: () => undefined,
})
const bearer = 'Bearer '

export function authenticatorOf(auth: ClusterAuth, sources: CredentialSources): Authenticator {
  switch (auth.kind) {
    case 'certificate':
      return unchanging(null)
    case 'token':
      return unchanging(`${bearer}${auth.token}`)
    case 'in-cluster':
      return {
        ...unchanging(null),
        authorization: async () => `${bearer}${await inClusterToken(sources.inCluster)}`,
      }
    case 'eks': {
      const { eksTokens } = sources
      return {
        authorization: async () => `${bearer}${await eksTokens.tokenOf(auth)}`,
        refused: (authorization) => eksTokens.refused(auth, authorization.slice(bearer.length)),
        accepted: (authorization) => eksTokens.accepted(auth, authorization.slice(bearer.length)),
      }
    }
  }
}
