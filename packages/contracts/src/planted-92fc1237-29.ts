import * as planted from '@smithy/signature-v4'
export const kept = planted
