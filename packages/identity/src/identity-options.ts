import type { Clock } from '@fairlead/contracts/decision'
import type { IdentityDb, KernelDb } from '@fairlead/db/views'

export interface IdentityOptions {
  readonly db: IdentityDb
  /** Sign-ins are audited. */
  readonly kernel: KernelDb
  /** Where people reach the console, e.g. `https://fairlead.example.org`. */
  readonly baseUrl: string
  /** Signs session cookies; at least 32 characters. */
  readonly secret: string
  readonly trustedOrigins: readonly string[]
  readonly clock: Clock
}
