import * as planted from '@fairlead/task-runner/launch'
export const kept = planted
