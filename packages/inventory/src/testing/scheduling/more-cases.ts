import type { SchedulingCase } from './cases'
import { away, inPool, onNode, requests } from './pod-shape'
import { withClaims } from './storage'

const stores = (...claims: readonly string[]) => ({ ...inPool('stores'), ...withClaims(...claims) })
const noVolume = "didn't find available persistent volumes to bind"

const volumes: readonly SchedulingCase[] = [
  { name: 'claim-missing', says: '"nobody" not found', spec: stores('nobody') },
  { name: 'claim-immediate', says: 'unbound immediate', spec: stores('immediate') },
  { name: 'claim-of-no-class', says: 'unbound immediate', spec: stores('no-class') },
  { name: 'claim-promised', says: 'unbound immediate', spec: stores('promised') },
  { name: 'claim-lost', says: 'non-existent persistentvolume', spec: stores('doomed') },
  { name: 'claim-leaving', says: 'is being deleted', spec: stores('leaving') },
  { name: 'claim-local', says: noVolume, spec: stores('local') },
  { name: 'claim-elsewhere', says: noVolume, spec: stores('elsewhere') },
  { name: 'claim-too-large', says: 'did not have enough free storage', spec: stores('too-large') },
  { name: 'volume-far', says: "didn't match PersistentVolume's node affinity", spec: stores('far') },
  { name: 'volume-zone', says: 'no available volume zone', spec: stores('zoned') },
  { name: 'volume-of-one-pod', says: 'ReadWriteOncePod', spec: stores('one-pod') },
  { name: 'volume-count', says: 'exceed max volume count', spec: stores('counted-2') },
  { name: 'volume-far-and-local', says: noVolume, spec: stores('far', 'local') },
  {
    name: 'volume-for-the-pod',
    says: noVolume,
    spec: {
      ...inPool('stores'),
      volumes: [
        {
          name: 'scratch',
          ephemeral: {
            volumeClaimTemplate: {
              spec: {
                storageClassName: 'elsewhere',
                accessModes: ['ReadWriteOnce'],
                resources: { requests: { storage: '1Gi' } },
              },
            },
          },
        },
      ],
    },
  },
]

const zone = 'topology.kubernetes.io/zone'
const spread = (more: object, matchLabels: Readonly<Record<string, string>> = { app: 'spread' }) => ({
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: zone,
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels },
      ...more,
    },
  ],
})
const skewed = "didn't match pod topology spread constraints"
const grouped = { app: 'spread' }

const spreads: readonly SchedulingCase[] = [
  { name: 'spread-skew', says: skewed, labels: grouped, spec: { ...inPool('spread'), ...spread({}) } },
  {
    name: 'spread-domains',
    says: skewed,
    labels: { app: 'web' },
    spec: { ...inPool('beside'), ...spread({ minDomains: 3 }, { app: 'web' }) },
  },
  {
    name: 'spread-label',
    says: 'missing required label',
    labels: grouped,
    spec: { ...onNode('spread-none'), ...spread({ maxSkew: 9 }) },
  },
  {
    name: 'spread-same-version',
    says: skewed,
    labels: { app: 'versioned', version: '1' },
    spec: { ...inPool('spread'), ...spread({ matchLabelKeys: ['version'] }, { app: 'versioned' }) },
  },
  {
    name: 'spread-ignoring-affinity',
    says: skewed,
    labels: grouped,
    spec: { ...onNode('spread-a1'), ...spread({ maxSkew: 2, nodeAffinityPolicy: 'Ignore' }) },
  },
  {
    name: 'spread-honouring-taints',
    says: skewed,
    labels: grouped,
    spec: { ...inPool('spread'), ...spread({ nodeTaintsPolicy: 'Honor' }) },
  },
  {
    name: 'spread-over-hosts',
    says: skewed,
    labels: grouped,
    spec: {
      ...onNode('spread-a1'),
      ...spread({ topologyKey: 'kubernetes.io/hostname', nodeAffinityPolicy: 'Ignore' }),
    },
  },
]

const beside = (podAffinity: object, pool = 'beside') => ({ ...inPool(pool), affinity: { podAffinity } })
const apart = (podAntiAffinity: object) => ({ ...inPool('beside'), affinity: { podAntiAffinity } })
const unmet = "didn't match pod affinity rules"
const avoided = "didn't match pod anti-affinity rules"

const neighbours: readonly SchedulingCase[] = [
  { name: 'beside-nobody', says: unmet, spec: beside(away('zone', { app: 'nobody' })) },
  {
    name: 'beside-in-other-zone',
    says: unmet,
    spec: { ...onNode('beside-2'), affinity: { podAffinity: away('zone', { app: 'db' }) } },
  },
  { name: 'beside-unlabelled', says: unmet, spec: beside(away('rack', { app: 'web' })) },
  {
    name: 'beside-oneself-first',
    says: 'Insufficient cpu',
    labels: { app: 'first' },
    container: requests({ cpu: '70' }),
    spec: beside(away('zone', { app: 'first' })),
  },
  {
    name: 'beside-both',
    says: unmet,
    spec: beside({
      requiredDuringSchedulingIgnoredDuringExecution: ['db', 'web'].map((app) => ({
        topologyKey: zone,
        labelSelector: { matchLabels: { app } },
      })),
    }),
  },
  { name: 'apart-from-web', says: avoided, spec: apart(away('hostname', { app: 'web' })) },
  { name: 'apart-by-zone', says: avoided, spec: apart(away('zone', { app: 'web' })) },
  {
    name: 'kept-away',
    says: 'existing pods anti-affinity',
    labels: { app: 'noisy' },
    spec: inPool('beside'),
  },
  {
    name: 'guest-by-namespace',
    says: avoided,
    spec: {
      ...onNode('beside-2'),
      affinity: { podAntiAffinity: away('zone', { app: 'guest' }, { namespaces: ['other'] }) },
    },
  },
  {
    name: 'guest-by-label',
    says: avoided,
    spec: {
      ...onNode('beside-2'),
      affinity: {
        podAntiAffinity: away(
          'zone',
          { app: 'guest' },
          { namespaceSelector: { matchLabels: { team: 'other' } } },
        ),
      },
    },
  },
  {
    name: 'guest-of-no-team',
    says: unmet,
    spec: {
      ...onNode('beside-2'),
      affinity: {
        podAffinity: away(
          'zone',
          { app: 'guest' },
          { namespaceSelector: { matchLabels: { team: 'third' } } },
        ),
      },
    },
  },
]

export const moreCases: readonly SchedulingCase[] = [...volumes, ...spreads, ...neighbours]
