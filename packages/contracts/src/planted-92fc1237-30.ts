import * as planted from 'croner'
export const kept = planted
