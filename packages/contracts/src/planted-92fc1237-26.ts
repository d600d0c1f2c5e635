import * as planted from '@kubernetes/client-node'
export const kept = planted
