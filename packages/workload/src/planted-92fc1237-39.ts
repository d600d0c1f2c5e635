import * as planted from '@fairlead/workflow/run'
export const kept = planted
