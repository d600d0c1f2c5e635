import * as planted from '@fairlead/db/database'
export const kept = planted
