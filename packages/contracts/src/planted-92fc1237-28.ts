import * as planted from '@aws-sdk/client-sts'
export const kept = planted
