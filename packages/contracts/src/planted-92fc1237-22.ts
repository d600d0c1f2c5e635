import * as planted from '@prisma/adapter-pg'
export const kept = planted
