import crypto from 'node:crypto'

/** Who a token turned out to be signed by. */
export interface TokenSigner {
  readonly accessKeyId: string
  /** Which cluster it was signed for. */
  readonly cluster: string
}

const hmac = (key: crypto.BinaryLike, text: string) => crypto.createHmac('sha256', key).update(text).digest()
const sha256 = (text: string) => crypto.createHash('sha256').update(text).digest('hex')
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

const allowed = [
  'Action',
  'Version',
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-Security-Token',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
]
const fifteenMinutesMs = 15 * 60_000

const fail = (reason: string): never => {
  throw new Error(`The token is refused: ${reason}`)
}

/**
 * What an EKS cluster and STS do with a token, written from AWS's description of Signature Version 4 and from
 * aws-iam-authenticator's verifier, without the library that signs: the signature is computed anew and compared.
 */
export function verifyEksToken(
  token: string,
  expected: {
    readonly cluster: string
    readonly region: string
    readonly now: Date
    readonly secretOf: (accessKeyId: string, sessionToken: string | null) => string | undefined
  },
): TokenSigner {
  const url = openToken(token)
  if (url.host !== `sts.${expected.region}.amazonaws.com`) fail(`it goes to ${url.host}`)
  const query = url.searchParams
  const unknown = [...query.keys()].find((name) => !allowed.includes(name))
  if (unknown !== undefined) fail(`it has the parameter ${unknown}`)
  const get = (name: string): string => query.get(name) ?? fail(`${name} is missing`)
  if (get('Action') !== 'GetCallerIdentity' || get('Version') !== '2011-06-15') fail('it asks something else')
  if (get('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') fail('its algorithm is another')
  if (Number(get('X-Amz-Expires')) !== 60) fail('it does not expire after 60 s')
  if (get('X-Amz-SignedHeaders') !== 'host;x-k8s-aws-id') fail('it does not sign the cluster')
  const date = get('X-Amz-Date')
  const at = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (!(Math.abs(expected.now.getTime() - at) < fifteenMinutesMs)) fail('its time is off')
  const [accessKeyId = '', day = '', region = '', ...rest] = get('X-Amz-Credential').split('/')
  const scope = [day, region, ...rest].join('/')
  if (scope !== `${date.slice(0, 8)}/${expected.region}/sts/aws4_request`) fail(`its scope is ${scope}`)
  const secret =
    expected.secretOf(accessKeyId, query.get('X-Amz-Security-Token')) ?? fail('its key is unknown')
  const signature = signatureOf(url, { secret, scope, date, cluster: expected.cluster })
  const given = get('X-Amz-Signature')
  if (
    given.length !== signature.length ||
    !crypto.timingSafeEqual(Buffer.from(given), Buffer.from(signature))
  )
    fail('its signature is not that of this cluster and key')
  return { accessKeyId, cluster: expected.cluster }
}

function openToken(token: string): URL {
  const [, body = ''] = /^k8s-aws-v1\.([A-Za-z0-9_-]+)$/.exec(token) ?? fail('it has another form')
  const url = new URL(Buffer.from(body, 'base64url').toString('utf8'))
  if (url.protocol !== 'https:' || url.pathname !== '/') fail('it is no request of STS')
  return url
}

function signatureOf(
  url: URL,
  { secret, scope, date, cluster }: Record<'secret' | 'scope' | 'date' | 'cluster', string>,
): string {
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join('&')
  const headers = `host:${url.host}\nx-k8s-aws-id:${cluster}\n`
  const canonical = ['GET', '/', query, headers, 'host;x-k8s-aws-id', sha256('')].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')
  const key = scope.split('/').reduce<crypto.BinaryLike>((last, part) => hmac(last, part), `AWS4${secret}`)
  return hmac(key, toSign).toString('hex')
}
