import { expect, it } from 'vitest'
import { findingsQuery } from './audit-query'

const queryOf = (address: string) => findingsQuery(new URLSearchParams(address))

it('asks what the address says, and nothing that it could not mean', () => {
  expect(queryOf('')).toEqual({})
  expect(
    queryOf('severity=critical&check=drain-blocked&cluster=eu-1&project=shop&q=+web+&waived=yes'),
  ).toEqual({
    severity: 'critical',
    check: 'drain-blocked',
    cluster: 'eu-1',
    project: 'shop',
    search: 'web',
    waived: true,
  })
  expect(queryOf('severity=awful&check=constructor&waived=no')).toEqual({})
})
