import crypto from 'node:crypto'
import type { EksAuth } from '../kube-client'

export interface MintedToken {
  readonly token: string
  /** Milliseconds since the epoch: when the credentials that signed it end; null when they don't. */
  readonly endsAt: number | null
}

export interface EksTokens {
  /** From memory while it is good; callers that come at once share one signature. */
  tokenOf(auth: EksAuth): Promise<string>
  /** The API server answered 401: true when another token is worth a try, false when a fresh one was refused. */
  refused(auth: EksAuth, token: string): Promise<boolean>
  accepted(auth: EksAuth, token: string): void
}

export interface EksTokensDeps {
  readonly mint: (auth: EksAuth) => Promise<MintedToken>
  readonly now: () => number
  /** 0 to 1. */
  readonly random: () => number
}

const minuteMs = 60_000
/** The cluster takes a token for 15 minutes; it is renewed from 10 on, spread out, and never used beyond 14. */
const [renewAfterMs, jitterMs, lastUseMs] = [10 * minuteMs, minuteMs, 14 * minuteMs]
/** Credentials that end within this are as good as ended: the request is still on its way. */
const marginMs = 30_000
/** A renewal that failed while the old token is still good is tried again after this. */
const retryMs = 30_000
const maxEntries = 2_000

interface Entry {
  token: string | null
  renewAt: number
  endsAt: number
  minting: Promise<string> | null
  /** Minted in answer to a 401 and not accepted since: another 401 says that the credential itself is broken. */
  onTrial: boolean
}

/** Digest of everything that makes a token: cluster, role, session and key. */
const keyOf = (auth: EksAuth): string =>
  crypto
    .createHash('sha256')
    .update(
      JSON.stringify([
        auth.region,
        auth.cluster,
        auth.roleArn,
        auth.externalId,
        auth.sessionName,
        auth.accessKey?.id,
        auth.accessKey?.secret,
      ]),
    )
    .digest('base64')

export function createEksTokens({ mint, now, random }: EksTokensDeps): EksTokens {
  const entries = new Map<string, Entry>()

  const entryOf = (auth: EksAuth): Entry => {
    const key = keyOf(auth)
    const known = entries.get(key)
    if (known !== undefined) return known
    const [oldest] = entries.keys()
    if (entries.size >= maxEntries && oldest !== undefined) entries.delete(oldest)
    const fresh = { token: null, renewAt: 0, endsAt: 0, minting: null, onTrial: false }
    entries.set(key, fresh)
    return fresh
  }
  const renew = (entry: Entry, auth: EksAuth, onTrial: boolean): Promise<string> => {
    entry.minting ??= mint(auth)
      .then(({ token, endsAt }) => {
        const at = now()
        entry.token = token
        entry.endsAt = Math.min(at + lastUseMs, endsAt === null ? Infinity : endsAt - marginMs)
        entry.renewAt = Math.min(at + renewAfterMs + random() * jitterMs, entry.endsAt - marginMs)
        entry.onTrial = onTrial
        return token
      })
      .finally(() => void (entry.minting = null))
    return entry.minting
  }

  return {
    async tokenOf(auth) {
      const entry = entryOf(auth)
      if (entry.token === null || now() >= entry.endsAt) return renew(entry, auth, false)
      if (now() >= entry.renewAt && entry.minting === null) {
        entry.renewAt = now() + retryMs
        // The old one is good for minutes yet: nobody waits, and a failure is the next attempt's to report.
        renew(entry, auth, false).catch(() => undefined)
      }
      return entry.token
    },
    async refused(auth, token) {
      const entry = entryOf(auth)
      if (entry.token !== token && entry.token !== null) return true
      if (entry.onTrial) return false
      await renew(entry, auth, true)
      return true
    },
    accepted(auth, token) {
      const entry = entries.get(keyOf(auth))
      if (entry?.token === token) entry.onTrial = false
    },
  }
}
