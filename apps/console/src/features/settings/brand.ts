import type { TokenId, UserId } from '@fairlead/contracts/ids'

/** Ids that the server itself sent; it parses them again when they come back. */
export const asUser = (id: string): UserId => id as UserId
export const asToken = (id: string): TokenId => id as TokenId
