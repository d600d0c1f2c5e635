import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { isAtLeast } from './go-toolchain'
import {
  COREDNS_VERSION,
  ETCD_VERSION,
  GATEWAY_API_VERSION,
  HELM_VERSION,
  KUBERNETES_VERSION,
  KWOK_VERSION,
  MINIMUM_GO_VERSION,
  REGISTRY_VERSION,
} from './versions'

const goMod = (folder: string) =>
  readFileSync(new URL(`../modules/${folder}/go.mod`, import.meta.url), 'utf8')

it.each([
  ['kubernetes', 'k8s.io/kubernetes', KUBERNETES_VERSION],
  ['kubernetes', 'go.etcd.io/etcd/server/v3', ETCD_VERSION],
  ['coredns', 'github.com/coredns/coredns', COREDNS_VERSION],
  ['kwok', 'sigs.k8s.io/kwok', KWOK_VERSION],
  ['helm', 'helm.sh/helm/v3', HELM_VERSION],
  ['registry', 'github.com/google/go-containerregistry', REGISTRY_VERSION],
  ['gateway-api', 'sigs.k8s.io/gateway-api', GATEWAY_API_VERSION],
])('modules/%s pins %s at %s', (folder, module, version) => {
  expect(goMod(folder)).toContain(`${module} ${version}`)
})

it.each(['kubernetes', 'coredns', 'kwok', 'helm', 'registry'])(
  'modules/%s builds with the oldest Go that is accepted',
  (folder) => {
    expect(goMod(folder)).toMatch(new RegExp(`^go ${MINIMUM_GO_VERSION}$`, 'm'))
  },
)

it.each([
  ['1.26.8', '1.25.0', true],
  ['1.25', '1.25.0', true],
  ['1.19.8', '1.25.0', false],
  ['2.0', '1.25.0', true],
])('Go %s is at least %s: %s', (version, minimum, expected) => {
  expect(isAtLeast(version, minimum)).toBe(expected)
})
