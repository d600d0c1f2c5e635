import { expect, it } from 'vitest'
import { resourcePath } from './api-client'
import { consoleManifests, corednsManifests } from './bootstrap-manifests'
import { planNetwork } from './network-plan'

const rolesOf = (documents: readonly string[]): string[] =>
  documents.filter((text) => /^kind: ClusterRole$/m.test(text))

it('finds the address of every document that it ships', () => {
  const documents = [...consoleManifests(), ...corednsManifests(planNetwork('x', 0, 1))]
  expect(documents.map(resourcePath)).toEqual([
    '/api/v1/namespaces/fairlead-system',
    '/api/v1/namespaces/fairlead-system/serviceaccounts/fairlead-console',
    '/apis/rbac.authorization.k8s.io/v1/clusterroles/fairlead-console',
    '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/fairlead-console',
    '/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations/fairlead-console',
    '/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas/fairlead-console',
    '/apis/rbac.authorization.k8s.io/v1/clusterroles/fairlead-hands',
    '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/fairlead-hands',
    '/apis/rbac.authorization.k8s.io/v1/clusterroles/fairlead-shell',
    '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/fairlead-shell',
    '/apis/rbac.authorization.k8s.io/v1/clusterroles/fairlead-custom-objects',
    '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/fairlead-custom-objects',
    '/api/v1/namespaces/fairlead-system/secrets/fairlead-console-token',
    '/api/v1/namespaces/kube-system/serviceaccounts/coredns',
    '/apis/rbac.authorization.k8s.io/v1/clusterroles/fairlead:coredns',
    '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/fairlead:coredns',
    '/api/v1/namespaces/kube-system/configmaps/coredns',
    '/api/v1/namespaces/kube-system/services/kube-dns',
    '/apis/apps/v1/namespaces/kube-system/deployments/coredns',
  ])
})

it('asks for no right that would make the console an administrator', () => {
  const roles = rolesOf(consoleManifests())
  expect(roles).toHaveLength(4)
  for (const role of roles)
    for (const word of ['nodes/proxy', 'impersonate', 'system:masters', 'clusterroles', 'escalate', 'bind]'])
      expect(role).not.toContain(word)
  const secrets = /resources: \[secrets\]\n\s+verbs: \[(.*)\]/.exec(roles.join('\n'))?.[1]
  expect(secrets).not.toMatch(/list|watch|\*/)
})

it('leaves what people do by hand to a file of its own, which nothing else needs', () => {
  const [reading, byHand] = rolesOf(consoleManifests())
  for (const word of ['pods/eviction', 'pods/exec', 'deployments/scale']) expect(reading).not.toContain(word)
  for (const word of ['pods/eviction', 'deployments/scale']) expect(byHand).toContain(word)
})
