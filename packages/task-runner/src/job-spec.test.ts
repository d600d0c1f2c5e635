import { taskLabelKeys } from '@fairlead/contracts/labels'
import type { TaskSpec } from '@fairlead/contracts/task-runner'
import { describe, expect, it } from 'vitest'
import { jobOf, labelValue } from './job-spec'
import { attemptOf } from './testing/kube-fixture'

const settings = { owner: 'fairlead', graceSeconds: 10 }
const jobWith = (spec: Partial<TaskSpec>) => jobOf(attemptOf(spec), settings)
const templated = (template: unknown, spec: Partial<TaskSpec> = {}) =>
  jobWith({ ...spec, podTemplate: JSON.stringify(template) })

describe('the Job of an attempt', () => {
  it('runs one container once, and is started again by nobody', () => {
    expect(jobWith({})['spec']).toMatchObject({
      parallelism: 1,
      completions: 1,
      backoffLimit: 0,
      podReplacementPolicy: 'Failed',
      podFailurePolicy: {
        rules: [{ action: 'FailJob', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
      },
      template: { spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 10 } },
    })
  })
  it('is collected by nobody but us', () => {
    const job = jobWith({})
    expect(job['spec']).not.toHaveProperty('ttlSecondsAfterFinished')
    expect(job.metadata).not.toHaveProperty('finalizers')
  })
  it('carries the attempt in labels of Job and pod, and full names in annotations', () => {
    const task =
      'a task with ünusual letters and a name that is far too long for the value of a Kubernetes label'
    const attempt = attemptOf({}, { task })
    const job = jobOf(attempt, settings)
    const labels = {
      [taskLabelKeys.managedBy]: 'fairlead',
      [taskLabelKeys.owner]: 'fairlead',
      [taskLabelKeys.attempt]: attempt.key,
    }
    expect(job.metadata.labels).toMatchObject(labels)
    expect(job['spec']).toMatchObject({ template: { metadata: { labels } } })
    expect(job.metadata.annotations?.['fairlead.dev/task']).toBe(task)
    expect(job.metadata.annotations?.['fairlead.dev/spec-hash']).toBe(attempt.specHash)
    expect(JSON.stringify(job.metadata)).not.toContain(`"${attempt.token}"`)
  })
  it('tells the container which attempt it is, whatever its own environment says', () => {
    const attempt = attemptOf({ env: { FAIRLEAD_RUN: 'forged', OWN: 'own' } })
    const job = jobOf(attempt, settings)
    expect(job['spec']).toMatchObject({
      template: {
        spec: {
          containers: [
            {
              env: [
                { name: 'FAIRLEAD_RUN', value: attempt.run },
                { name: 'OWN', value: 'own' },
                { name: 'FAIRLEAD_TASK', value: 'load' },
                { name: 'FAIRLEAD_INDEX', value: '0' },
                { name: 'FAIRLEAD_ATTEMPT', value: '1' },
                { name: 'FAIRLEAD_ATTEMPT_TOKEN', value: attempt.token },
                { name: 'FAIRLEAD_OUTPUT', value: '/dev/termination-log' },
              ],
              terminationMessagePath: '/dev/termination-log',
              terminationMessagePolicy: 'File',
            },
          ],
        },
      },
    })
  })
  it('merges into the first container of a template and keeps everything else of it', () => {
    const template = {
      metadata: { labels: { team: 'data', [taskLabelKeys.attempt]: 'forged' } },
      spec: {
        restartPolicy: 'Always',
        terminationGracePeriodSeconds: 60,
        tolerations: [{ operator: 'Exists' }],
        volumes: [{ name: 'scratch', emptyDir: {} }],
        containers: [
          {
            name: 'main',
            image: 'other',
            args: ['kept'],
            env: [
              { name: 'FROM', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
              { name: 'OWN', value: 'template' },
            ],
            resources: { limits: { cpu: '1', memory: '1Gi' } },
            volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
          },
          { name: 'sidecar', image: 'proxy' },
        ],
      },
    }
    const spec = {
      image: 'ours',
      command: ['run'],
      env: { OWN: 'task' },
      resources: { requests: {}, limits: { memory: '2Gi' } },
    }
    const job = templated(template, spec)
    expect(job['spec']).toMatchObject({
      template: {
        metadata: { labels: { team: 'data', [taskLabelKeys.attempt]: job.metadata.name } },
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: 60,
          tolerations: [{ operator: 'Exists' }],
          containers: [
            {
              name: 'main',
              image: 'ours',
              command: ['run'],
              args: ['kept'],
              env: [{ name: 'FROM' }, { name: 'OWN', value: 'task' }, {}, {}, {}, {}, {}, {}],
              resources: { limits: { cpu: '1', memory: '2Gi' } },
              volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
            },
            { name: 'sidecar', image: 'proxy' },
          ],
        },
      },
    })
  })
  it('mounts a token of the API server only for an account that was named', () => {
    const mounts = (job: ReturnType<typeof jobOf>): unknown => {
      const text = JSON.stringify(job['spec'])
      return text.includes('"automountServiceAccountToken":false') ? 'no token' : 'as Kubernetes does'
    }
    expect(mounts(jobWith({}))).toBe('no token')
    expect(mounts(jobWith({ serviceAccount: 'loader' }))).toBe('as Kubernetes does')
    expect(mounts(templated({ spec: { serviceAccountName: 'loader' } }))).toBe('as Kubernetes does')
  })
  it('refuses a pod template that is none', () => {
    for (const podTemplate of [
      '{',
      '[]',
      '"text"',
      '{"containers":[]}',
      '{"spec":{"containers":[{"env":3}]}}',
    ])
      expect(() => jobWith({ podTemplate })).toThrow(/pod template/)
  })
})

describe('a label value', () => {
  it('is the text where Kubernetes takes it, else readable, valid and its own', () => {
    expect(labelValue('nightly-load')).toBe('nightly-load')
    const texts = ['a'.repeat(64), `${'a'.repeat(64)}b`, 'ünusual', '-', 'a/b', 'a b', '.x', 'x.']
    const values = texts.map(labelValue)
    for (const value of values) expect(value).toMatch(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/)
    expect(new Set(values).size).toBe(texts.length)
  })
})
