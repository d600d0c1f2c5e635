import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import type { AwsCredentials } from '../aws/aws-access'

const prefix = 'k8s-aws-v1.'
const lifeSeconds = 60

/** China's regions are a partition with a domain of its own. */
export const stsHostOf = (region: string): string =>
  `sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`

/**
 * A presigned GET of STS GetCallerIdentity that names the cluster in a signed header: the cluster sends it to STS and
 * learns who signed it. Form of aws-iam-authenticator, pkg/token/token.go.
 */
export async function eksToken(
  { region, cluster }: { readonly region: string; readonly cluster: string },
  credentials: AwsCredentials,
  signingDate: Date,
): Promise<string> {
  const signer = new SignatureV4({ service: 'sts', region, credentials, sha256: Sha256 })
  const hostname = stsHostOf(region)
  const { query = {} } = await signer.presign(
    {
      method: 'GET',
      protocol: 'https:',
      hostname,
      path: '/',
      headers: { host: hostname, 'x-k8s-aws-id': cluster },
      query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
    },
    { expiresIn: lifeSeconds, signingDate, unhoistableHeaders: new Set(['x-k8s-aws-id']) },
  )
  const url = new URL(`https://${hostname}/`)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value))
  return prefix + Buffer.from(url.href).toString('base64url')
}
