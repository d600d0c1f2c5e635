import * as planted from '@fairlead/cli/anything'
export const kept = planted
