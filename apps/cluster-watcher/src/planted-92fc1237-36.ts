import * as planted from '@fairlead/console/anything'
export const kept = planted
