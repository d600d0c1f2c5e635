import type { Database } from '@fairlead/db/database'
import type { KubeClient, KubeRequest } from '@fairlead/kube/kube-client'

/** Thrown where a process is killed: nothing that it does after that may have an effect. */
export class Killed extends Error {}

/** One process between its start and its death. */
export interface Life {
  readonly dead: boolean
  /** Throws when the process dies at this point, or has died. */
  pass(point: string): void
  /** Looks how far the story is: a point is one of its own wherever that differs. */
  look(): Promise<void>
}

export interface Fate {
  readonly isLast: (point: string) => boolean
  readonly howFar: () => Promise<string>
}

export function createLife({ isLast, howFar }: Fate): Life {
  let dead = false
  let seen = ''
  return {
    get dead() {
      return dead
    },
    pass(point) {
      dead ||= isLast(`${seen}: ${point}`)
      if (dead) throw new Killed(point)
    },
    look: async () => void (seen = await howFar()),
  }
}

async function write<T>(life: Life, what: string, run: () => Promise<T>): Promise<T> {
  life.pass(`before ${what}`)
  const result = await run()
  life.pass(`after ${what}`)
  return result
}

const isDryRun = ({ query, body }: KubeRequest): boolean =>
  query?.['dryRun'] !== undefined || JSON.stringify(body ?? null).includes('"dryRun":["All"]')
const isWrite = (request: KubeRequest): boolean =>
  (request.method ?? 'GET') !== 'GET' &&
  !isDryRun(request) &&
  !request.path.startsWith('/apis/authorization.k8s.io/')

/** Every request that changes the cluster is a point before it and one after it. */
export function mortalClient(client: KubeClient, life: Life): KubeClient {
  const mortal =
    <T>(run: (request: KubeRequest) => Promise<T>) =>
    async (request: KubeRequest): Promise<T> => {
      if (life.dead) throw new Killed(request.path)
      return isWrite(request)
        ? write(life, `${request.method} ${request.path}`, () => run(request))
        : run(request)
    }
  return { ...client, request: mortal(client.request), json: mortal(client.json) }
}

const writes =
  /^(create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|upsert|delete|deleteMany|\$executeRaw)$/
type Method = (...args: readonly unknown[]) => Promise<unknown>
type Around = (name: string, run: () => Promise<unknown>) => Promise<unknown>

/** Every statement that writes goes through `around`; a dead process reads nothing either. */
function mortalTables<T extends object>(tables: T, life: Life, around: Around): T {
  const wrap = (value: unknown, owner: object, names: readonly string[]): unknown => {
    if (typeof value === 'function') {
      const call = value.bind(owner) as Method
      const isWriting = writes.test(names.at(-1) ?? '')
      return async (...args: readonly unknown[]) => {
        if (life.dead) throw new Killed(names.join('.'))
        return isWriting ? around(names.join('.'), () => call(...args)) : call(...args)
      }
    }
    if (typeof value !== 'object' || value === null) return value
    return new Proxy(value, {
      get: (target, property) => wrap(Reflect.get(target, property), target, [...names, String(property)]),
    })
  }
  return wrap(tables, tables, []) as T
}

type Transaction = Parameters<Parameters<Database['$transaction']>[0]>[0]

/**
 * A transaction is one write, of which a process dies before the commit or after it: killed earlier, it leaves what it
 * leaves before the commit. A statement that leaves the transaction becomes a write of its own.
 */
const mortalTransaction =
  (db: Database, life: Life) =>
  async <T>(run: (tx: Transaction) => Promise<T>): Promise<T> => {
    const written: string[] = []
    const noted: Around = (name, statement) => {
      written.push(name)
      return statement()
    }
    const result = await db.$transaction(async (tx) => {
      const inner = await run(mortalTables(tx, life, noted))
      life.pass(`before the commit of ${written.join(', ')}`)
      return inner
    })
    await life.look()
    life.pass(`after the commit of ${written.join(', ')}`)
    return result
  }

export function mortalDb(db: Database, life: Life): Database {
  const tables = mortalTables(db, life, (name, run) => write(life, name, run))
  return new Proxy(tables, {
    get: (target, property) =>
      property === '$transaction' ? mortalTransaction(db, life) : Reflect.get(target, property),
  })
}
