import * as planted from '@fairlead/ui/anything'
export const kept = planted
