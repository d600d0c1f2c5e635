import * as planted from 'pg'
export const kept = planted
