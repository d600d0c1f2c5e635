import { betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { APIError } from 'better-auth/api'
import type { IdentityOptions } from './identity-options'

const minute = 60
const hour = 60 * minute

export const disabledCode = 'ACCOUNT_DISABLED'

/** People come by invitation only: nothing here can create one. */
export function createAuth(options: Pick<IdentityOptions, 'db' | 'baseUrl' | 'secret' | 'trustedOrigins'>) {
  const { db, baseUrl, secret, trustedOrigins } = options
  return betterAuth({
    appName: 'Fairlead',
    baseURL: baseUrl,
    basePath: '/api/auth',
    secret,
    trustedOrigins: [...trustedOrigins],
    database: prismaAdapter(db, { provider: 'postgresql' }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      maxPasswordLength: 128,
    },
    session: { expiresIn: 12 * hour, updateAge: 15 * minute },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: minute,
      max: 300,
      customRules: { '/sign-in/email': { window: minute, max: 20 } },
    },
    advanced: {
      cookiePrefix: 'fairlead',
      useSecureCookies: baseUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      // Said aloud: better-auth would switch both checks off under a test runner.
      disableCSRFCheck: false,
      disableOriginCheck: false,
    },
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }) => {
            const user = await db.user.findUnique({ where: { id: userId }, select: { disabledAt: true } })
            if (user === null || user.disabledAt !== null)
              throw new APIError('FORBIDDEN', { code: disabledCode, message: 'This account is disabled.' })
          },
        },
      },
    },
    telemetry: { enabled: false },
    logger: { level: 'error' },
  })
}

export type Auth = ReturnType<typeof createAuth>
