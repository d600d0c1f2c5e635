import { describe, expect, test } from 'vitest'
import { contextsIn } from './contexts-in'

const kubeconfig = `apiVersion: v1
kind: Config
clusters:
- name: not-a-context
  cluster: { server: https://127.0.0.1:6443 }
contexts:
- context:
    cluster: a
    user: a
  name: staging
- context:
    cluster: b
    user: b
  name: "arn:aws:eks:eu-1:123:cluster/prod"
current-context: staging
users:
- name: nor-a-user
`

describe('a choice of contexts is offered from the pasted text', () => {
  test('names come from the contexts alone, in order, and the current one is known', () => {
    expect(contextsIn(kubeconfig)).toEqual({
      names: ['staging', 'arn:aws:eks:eu-1:123:cluster/prod'],
      current: 'staging',
    })
  })

  test('JSON is understood too', () => {
    const text = JSON.stringify({ 'current-context': 'b', contexts: [{ name: 'a' }, { name: 'b' }] })
    expect(contextsIn(text)).toEqual({ names: ['a', 'b'], current: 'b' })
  })

  test('text that is no kubeconfig offers nothing', () => {
    expect(contextsIn('{"contexts":')).toEqual({ names: [], current: null })
    expect(contextsIn('hello: world')).toEqual({ names: [], current: null })
  })
})
