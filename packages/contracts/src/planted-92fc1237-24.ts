import * as planted from 'bullmq'
export const kept = planted
