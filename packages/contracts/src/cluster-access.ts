import { z } from 'zod'

/** Bytes; a kubeconfig with one context and inline credentials is a few KiB. */
export const maxKubeconfigBytes = 256 * 1024

const regionSchema = z
  .string()
  .regex(/^[a-z]{2}(-[a-z]{2,12}){1,3}-\d{1,2}$/, 'an AWS region such as eu-central-1')

/** Who Fairlead is to AWS: its own identity or an access key, and the role that it takes on from there. */
export const awsIdentitySchema = z
  .object({
    region: regionSchema,
    roleArn: z
      .string()
      .regex(
        /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
        'a role such as arn:aws:iam::123456789012:role/fairlead',
      )
      .optional(),
    externalId: z
      .string()
      .regex(/^[\w+=,.@:/-]{2,1224}$/, '2 to 1224 letters, digits and +=,.@:/-')
      .optional(),
    accessKey: z
      .object({
        id: z.string().regex(/^\w{16,128}$/, '16 to 128 letters and digits'),
        secret: z
          .string()
          .min(1)
          .max(200)
          .regex(/^[\x21-\x7e]+$/, 'one word'),
      })
      .optional(),
  })
  .refine(({ roleArn, externalId }) => externalId === undefined || roleArn !== undefined, {
    path: ['externalId'],
    message: 'an external id goes with a role to assume',
  })
export type AwsIdentity = z.infer<typeof awsIdentitySchema>

export const eksAccessSchema = awsIdentitySchema.safeExtend({
  cluster: z.string().regex(/^[0-9A-Za-z][\w-]{0,99}$/, 'the name of an EKS cluster'),
})
export type EksAccess = z.infer<typeof eksAccessSchema>

export const tokenAccessSchema = z.object({
  server: z.string().min(1).max(2_000),
  /** PEM; without it the system's authorities are trusted. */
  ca: z.string().min(1).max(maxKubeconfigBytes).optional(),
  token: z
    .string()
    .min(1)
    .max(16 * 1024),
})

/** The ways to a cluster: exactly one of them is given. */
const ways = {
  kubeconfig: z.string().min(1).max(maxKubeconfigBytes).optional(),
  token: tokenAccessSchema.optional(),
  eks: eksAccessSchema.optional(),
  inCluster: z.literal(true).optional(),
}
export const accessShape = {
  ...ways,
  /** Of the kubeconfig. */
  context: z.string().optional(),
}
export type ClusterAccess = z.infer<z.ZodObject<typeof accessShape>>
export type AccessWay = keyof typeof ways
export const accessWays = Object.keys(ways) as AccessWay[]

export const oneWay = {
  path: ['kubeconfig'],
  message: `exactly one of ${accessWays.join(', ')} is expected`,
}
export const hasOneWay = (access: ClusterAccess): boolean =>
  accessWays.filter((way) => access[way] !== undefined).length === 1

/** What a kubeconfig that would run `aws` or `aws-iam-authenticator` says of its EKS cluster. */
export interface EksHint {
  readonly cluster: string
  readonly region: string
  readonly roleArn: string | null
  readonly externalId: string | null
}
/** Clusters of an account and region, by name, and who AWS takes us for. */
export interface EksClusterList {
  readonly account: string
  readonly arn: string
  readonly clusters: readonly string[]
}
