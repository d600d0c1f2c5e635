import crypto from 'node:crypto'

export const tokenPrefix = 'flt_'

/** 256 bits: too many to guess, so a plain hash is enough to keep. */
export const newSecret = (): string => crypto.randomBytes(32).toString('base64url')
export const hashSecret = (secret: string): string => crypto.createHash('sha256').update(secret).digest('hex')

export interface NewToken {
  readonly secret: string
  readonly secretHash: string
  /** Enough to recognise it by, too little to use it. */
  readonly prefix: string
}

export function newToken(): NewToken {
  const secret = `${tokenPrefix}${newSecret()}`
  return { secret, secretHash: hashSecret(secret), prefix: secret.slice(0, 10) }
}
