import * as planted from '@prisma/client'
export const kept = planted
