import { expect, it } from 'vitest'
import { endpointOf, tagOf, urlIn, versionOf } from './reference'

it.each([
  [
    'oci://registry.example.org/team/charts',
    false,
    'https://registry.example.org/v2/team/charts/web/tags/list',
  ],
  ['oci://registry.example.org/team/', false, 'https://registry.example.org/v2/team/web/tags/list'],
  ['oci://registry.example.org', false, 'https://registry.example.org/v2/web/tags/list'],
  ['oci://registry.example.org:8443/a', false, 'https://registry.example.org:8443/v2/a/web/tags/list'],
  ['oci://[::1]:5000/a', true, 'http://[::1]:5000/v2/a/web/tags/list'],
  ['oci://docker.io/team', false, 'https://registry-1.docker.io/v2/team/web/tags/list'],
])('the chart of %s (plain http: %s) is at %s', (repository, plainHttp, expected) => {
  expect(urlIn(endpointOf({ repository, chart: 'web', plainHttp }), 'tags/list').href).toBe(expected)
})

it.each([
  ['1.2.3', '1.2.3'],
  ['v1.2.3-rc.1', 'v1.2.3-rc.1'],
  ['1.2.3+build.5', '1.2.3_build.5'],
  ['1.2.3-rc.1+a+b', '1.2.3-rc.1_a_b'],
])('version %s has the tag %s', (version, tag) => {
  expect(tagOf(version)).toBe(tag)
  expect(versionOf(tag)).toBe(version)
})
