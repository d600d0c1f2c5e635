import * as planted from '@aws-sdk/client-eks'
export const kept = planted
