import type { SourceLogin } from '@fairlead/contracts/source-reader'

/** The value of the header that says a login; without a user name the password is a bearer token. */
export const authorizationOf = ({ username, password }: SourceLogin): string =>
  username === ''
    ? `Bearer ${password}`
    : `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
