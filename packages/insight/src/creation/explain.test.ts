import { describe, expect, it } from 'vitest'
import { explainCreation } from './explain'

describe('why pods are not made', () => {
  it.each([
    [
      'quota',
      'pods "web-x" is forbidden: failed quota: compute: must specify limits.cpu for: main',
      'limits.cpu',
    ],
    ['webhook', 'admission webhook "check.example.com" denied the request: no owner label', 'no owner label'],
    [
      'webhook_down',
      'Internal error occurred: failed calling webhook "check.example.com": failed to call webhook: Post "https://x": connection refused',
      'connection refused',
    ],
    [
      'pod_security',
      'pods "web" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
      'allowPrivilegeEscalation',
    ],
    [
      'policy',
      "pods \"web\" is forbidden: ValidatingAdmissionPolicy 'owners' with binding 'all' denied request: no owner",
      'no owner',
    ],
    [
      'limit_range',
      'pods "web" is forbidden: maximum cpu usage per Container is 1, but limit is 2',
      'maximum cpu usage per Container is 1',
    ],
    [
      'service_account',
      'pods "web-" is forbidden: error looking up service account shop/robot: serviceaccount "robot" not found',
      'shop/robot',
    ],
    ['priority_class', 'pods "web" is forbidden: no PriorityClass with name urgent was found', 'urgent'],
    ['refused', 'something new', 'something new'],
  ])('%s', (code, message, words) => {
    const refusal = explainCreation(message)
    expect(refusal).toMatchObject({ code, said: message })
    expect(refusal.words).toContain(words)
  })

  it('counts what a quota lacks', () => {
    const message =
      'pods "web-x" is forbidden: exceeded quota: compute, requested: cpu=2,memory=1Gi, used: cpu=3,memory=0, limited: cpu=4,memory=512Mi'
    expect(explainCreation(message).quotas).toEqual([
      { resource: 'cpu', requested: '2', used: '3', limited: '4' },
      { resource: 'memory', requested: '1Gi', used: '0', limited: '512Mi' },
    ])
  })
})
