import * as planted from '../../inventory/src/entries'
export const kept = planted
