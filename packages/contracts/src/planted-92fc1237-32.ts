import * as planted from '@better-auth/core'
export const kept = planted
