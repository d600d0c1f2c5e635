import * as planted from '@trpc/server'
export const kept = planted
