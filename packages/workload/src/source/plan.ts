import type { FairleadError } from '@fairlead/contracts/errors'
import type { SourceError } from '@fairlead/contracts/source'

/** Of what was last rendered or refused, and of what is there now: the same text means the same result. */
export const judgedKey = (revision: string, document: unknown): string =>
  `${revision} ${JSON.stringify(document)}`

export interface SourceSeen {
  readonly key: string
  readonly judged: string | null
  readonly error: SourceError | null
  /** Somebody asked for this look. */
  readonly asked: boolean
}

/** `same`: what was judged of it stands. */
export function planLook({ key, judged, error, asked }: SourceSeen): 'render' | 'same' {
  if (key !== judged) return 'render'
  return isRefusal(error) && asked ? 'render' : 'same'
}

const maxWaitMs = 15 * 60_000
const firstRetryMs = 15_000

/**
 * When it is looked at again: about as often as its document says, sooner after a first failure, and ever later while it
 * fails. `random` (0 to 1) spreads looks of many applications at one server.
 */
export function nextLookMs(
  { everyMs, failures }: { readonly everyMs: number; readonly failures: number },
  random: number,
): number {
  const retry = Math.min(firstRetryMs * 2 ** Math.min(failures - 1, 20), Math.max(maxWaitMs, everyMs))
  const base = failures === 0 ? everyMs : retry
  return Math.round(base * (0.9 + random * 0.2))
}

/** The same commit fails the same way again: only a new one, or a person, is worth another try. Others may pass by themselves. */
export const isTransient = ({ code }: Pick<FairleadError, 'code'>): boolean =>
  !(['invalid', 'too_large', 'not_found'] as readonly string[]).includes(code)

/** Of what a commit holds, and so as lasting as the commit. */
export const isRefusal = (error: SourceError | null): boolean =>
  error !== null && (error.step === 'render' || error.step === 'read')
