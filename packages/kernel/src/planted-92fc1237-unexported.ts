import * as planted from '@fairlead/db/generated/client'
export const kept = planted
