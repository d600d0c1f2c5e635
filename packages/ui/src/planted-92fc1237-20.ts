import * as planted from '@fairlead/api/anything'
export const kept = planted
