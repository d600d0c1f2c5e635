import type { AirflowDb } from '@fairlead/db/views'
import type { Cipher } from '@fairlead/kernel/cipher'
import { notFound } from '@fairlead/kernel/authorise'
import { airflowGuard, parseAddress } from './client/address'
import { createAirflowClient, type AirflowClient } from './client/airflow-client'
import { dial } from './client/dial'
import type { Login } from './client/session'
import { createShortCache, type ShortCache } from './short-cache'

export interface AirflowConnectionDeps {
  readonly db: Pick<AirflowDb, 'airflowConnection'>
  readonly cipher: Cipher
  /** Private and loopback ranges that the administrator allows. */
  readonly allowedCidrs: readonly string[]
  readonly clock: () => Date
  /** How long one answer may take. */
  readonly timeoutMs?: number
}

/** Opens clients of connected Airflows: the one place where their passwords are opened. */
export interface AirflowConnections {
  readonly cache: ShortCache
  /** For an address and a login that are tried before they are stored. */
  dial(address: string, login: Login): AirflowClient
  /** The shared client of the credential's present version, and the key under which its answers are kept. */
  clientOf(connectionId: string): Promise<{ readonly client: AirflowClient; readonly key: string }>
}

interface OpenClient {
  readonly key: string
  readonly client: AirflowClient
  readonly openedAt: number
}

/** An Airflow that was upgraded meanwhile speaks another API: its version is asked anew after this long. */
const keepClientMs = 600_000
const standardTimeoutMs = 10_000
const keepMs = 3_000

/** A box opened for another connection, or for an earlier version of the same, is refused. */
export const sealedContext = (connectionId: string, version: number): string =>
  `airflow/${connectionId}/password/${version}`

export function createAirflowConnections(deps: AirflowConnectionDeps): AirflowConnections {
  const guard = airflowGuard(deps.allowedCidrs)
  const timeoutMs = deps.timeoutMs ?? standardTimeoutMs
  const clients = new Map<string, OpenClient>()
  const open: AirflowConnections['dial'] = (address, login) =>
    createAirflowClient(dial({ address: parseAddress(address), guard, timeoutMs }), login)
  return {
    cache: createShortCache({ keepMs, clock: deps.clock }),
    dial: open,
    clientOf: async (connectionId) => {
      const stored = await deps.db.airflowConnection.findUnique({
        where: { id: connectionId },
        select: { address: true, credential: { select: { username: true, version: true, sealed: true } } },
      })
      const credential = stored?.credential
      if (stored === null || credential === null || credential === undefined) {
        clients.delete(connectionId)
        throw notFound('Airflow connection')
      }
      const { username, version, sealed } = credential
      const key = `${connectionId}/${version}/`
      const known = clients.get(connectionId)
      const now = deps.clock().getTime()
      if (known?.key === key && now - known.openedAt < keepClientMs) return known
      const password = deps.cipher.open(sealed, sealedContext(connectionId, version))
      const fresh = { key, client: open(stored.address, { username, password }), openedAt: now }
      clients.set(connectionId, fresh)
      return fresh
    },
  }
}
