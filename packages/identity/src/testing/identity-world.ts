import type { EntryName, InputOf, OutputOf } from '@fairlead/contracts/surface'
import { anonymous, type Actor, type Services } from '@fairlead/kernel/context'
import { createTestDatabase, type TestDatabase } from '@fairlead/testkit/database'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { identityEntries } from '../entries'
import { ensureFirstInvitation } from '../first-invitation'
import { createIdentity, type Identity } from '../identity'

export const baseUrl = 'http://127.0.0.1:3000'
export const password = 'correct horse battery'
export const clientAddress = '192.0.2.1'
type Name = keyof ReturnType<typeof identityEntries> & EntryName
type Roles = InputOf<'person.invite'>['memberships']

/** For the tests of this room: before each one there is Ada, administrator, and the projects shop and payments. */
export function identityWorld() {
  let database: TestDatabase
  let identity: Identity
  let offsetMs = 0
  const now = () => new Date(Date.now() + offsetMs)
  const services = (): Services => ({
    db: database.db,
    queues: { ring: async () => undefined },
    clock: now,
    onInternalError: (error) => {
      throw error
    },
  })
  const call = <K extends Name>(actor: Actor, name: K, input: InputOf<K>): Promise<OutputOf<K>> =>
    identityEntries({ db: database.db })[name].invoke(
      services(),
      { actor, via: 'browser', address: clientAddress },
      input,
    ) as Promise<OutputOf<K>>
  const post = (path: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
    identity.handler(
      new Request(`${baseUrl}/api/auth/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: baseUrl, ...headers },
        body: JSON.stringify(body),
      }),
      clientAddress,
    )
  const signIn = (email: string, secret = password) => post('sign-in/email', { email, password: secret })
  const actorOf = async (email: string) => identity.actorOfRequest(cookieOf(await signIn(email)))
  const administrator = () => actorOf('ada@example.org')
  const personWith = async (email: string, memberships: Roles): Promise<Actor> => {
    const { secret } = await call(await administrator(), 'person.invite', { email, name: email, memberships })
    await call(anonymous, 'invitation.accept', { secret, name: email, password })
    return actorOf(email)
  }

  beforeAll(async () => {
    database = await createTestDatabase()
    identity = createIdentity({
      db: database.db,
      kernel: database.db,
      baseUrl,
      secret: 'a secret of at least thirty-two characters',
      trustedOrigins: [baseUrl],
      clock: now,
    })
  })
  afterAll(() => database.drop())
  beforeEach(async () => {
    offsetMs = 0
    await database.db.$executeRaw`DELETE FROM rate_limits`
    await database.db.$executeRaw`TRUNCATE users, projects, invitations CASCADE`
    const secret = (await ensureFirstInvitation(database.db, now())) ?? ''
    await call(anonymous, 'invitation.accept', { secret, name: 'Ada', email: 'Ada@example.org', password })
    const ada = await administrator()
    await call(ada, 'project.create', { name: 'shop' })
    await call(ada, 'project.create', { name: 'payments' })
  })

  return {
    db: () => database.db,
    identity: () => identity,
    now,
    later: (ms: number) => void (offsetMs = ms),
    call,
    post,
    signIn,
    administrator,
    personWith,
    lastAudit: () => database.db.auditEntry.findFirstOrThrow({ orderBy: { sequence: 'desc' } }),
    rolesOf: async (userId: string) =>
      (await database.db.membership.findMany({ where: { userId } })).map(({ role }) => role).sort(),
  }
}

export const cookieOf = (response: Response): Headers =>
  new Headers({
    cookie: response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; '),
  })
export const bearer = (secret: string): Headers => new Headers({ authorization: `Bearer ${secret}` })
export const brand = (id: string) => id as InputOf<'person.disable'>['user']
