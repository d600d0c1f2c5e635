import { watchedKindNames } from '@fairlead/contracts/kinds'
import { expect, test } from 'vitest'
import { kindsOffered, kindTitle } from './kind-tabs'

test('every kind that is watched is offered, once', () => {
  expect([...kindsOffered].sort()).toEqual([...watchedKindNames].sort())
})

test('kinds are named in the plural', () => {
  expect(['Ingress', 'NetworkPolicy', 'Gateway', 'Pod'].map((kind) => kindTitle(kind as 'Pod'))).toEqual([
    'Ingresses',
    'NetworkPolicies',
    'Gateways',
    'Pods',
  ])
})
