import * as planted from 'ioredis'
export const kept = planted
