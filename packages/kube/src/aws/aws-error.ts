import { FairleadError, type ErrorCode } from '@fairlead/contracts/errors'

interface Words {
  readonly code: ErrorCode
  readonly words: string
  readonly remedy?: string
}

const badKey: Words = {
  code: 'cluster_unauthorized',
  words: 'does not accept the AWS credentials',
  remedy: 'Check the access key, or the role that Fairlead itself runs with.',
}
const ended: Words = { ...badKey, words: 'says that the AWS credentials have expired' }
const throttled: Words = { code: 'rate_limited', words: 'asks to slow down' }
const denied: Words = { code: 'cluster_denied', words: 'denies it', remedy: 'docs/eks.md has the policy.' }
const silent: Words = { code: 'cluster_unreachable', words: 'cannot be reached' }

/** By the name of the SDK's error, or the code of Node's. */
const wordsOf: Readonly<Record<string, Words>> = {
  AccessDenied: denied,
  AccessDeniedException: denied,
  UnauthorizedException: denied,
  InvalidClientTokenId: badKey,
  UnrecognizedClientException: badKey,
  SignatureDoesNotMatch: badKey,
  InvalidSignatureException: badKey,
  AuthFailure: badKey,
  ExpiredToken: ended,
  ExpiredTokenException: ended,
  Throttling: throttled,
  ThrottlingException: throttled,
  TooManyRequestsException: throttled,
  RegionDisabledException: { code: 'cluster_denied', words: 'is not active in this region' },
  ResourceNotFoundException: { code: 'not_found', words: 'knows no such cluster in this region' },
  CredentialsProviderError: {
    code: 'cluster_unauthorized',
    words: 'was not asked: Fairlead has no AWS credentials of its own here',
    remedy: 'Give its pods a role (Pod Identity, IRSA, instance role), or give an access key.',
  },
  TimeoutError: { ...silent, words: 'did not answer in time' },
  ECONNREFUSED: silent,
  ENOTFOUND: silent,
  EAI_AGAIN: silent,
  ETIMEDOUT: { ...silent, words: 'did not answer in time' },
}

const nameOf = (error: unknown): string => {
  if (!(error instanceof Error)) return ''
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return error.name in wordsOf ? error.name : code in wordsOf ? code : error.name
}

/** AWS says who was denied what; nothing that it says holds a secret. */
const spokenBy = (error: unknown): string =>
  error instanceof Error ? error.message.replace(/[\p{Cc}\s]+/gu, ' ').slice(0, 400) : ''

/** `what` was asked of AWS, e.g. "AWS STS AssumeRole". */
export function awsError(error: unknown, what: string): FairleadError {
  if (error instanceof FairleadError) return error
  const name = nameOf(error)
  const { code, words, remedy } = wordsOf[name] ?? {
    code: 'unavailable' as const,
    words: `failed (${name === '' ? 'unknown error' : name})`,
  }
  const said = code === 'cluster_unreachable' || name === 'CredentialsProviderError' ? '' : spokenBy(error)
  return new FairleadError(
    code,
    `${what} ${words}${said === '' ? '' : `: ${said}`}`,
    { found: name, ...(remedy === undefined ? {} : { remedy }) },
    { cause: error },
  )
}
