import * as planted from 'better-auth'
export const kept = planted
