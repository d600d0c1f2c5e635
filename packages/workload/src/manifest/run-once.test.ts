import type { KubeManifest } from '@fairlead/kube/kube-object'
import { describe, expect, it } from 'vitest'
import { inPlaceOf, isImmutable, isRunOnce, standIn, stillRuns } from './run-once'

const job = (name: string, conditions?: unknown): KubeManifest => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  status: { conditions },
})

describe('what runs once', () => {
  it('is a Job, and no CronJob', () => {
    expect(isRunOnce(job('migrate'))).toBe(true)
    expect(isRunOnce({ apiVersion: 'batch/v1', kind: 'CronJob' })).toBe(false)
    expect(isRunOnce({ apiVersion: 'example.org/v1', kind: 'Job' })).toBe(false)
  })

  it('is tried under another name of at most 63 characters, and shown by its own', () => {
    for (const name of ['migrate', 'm'.repeat(63)]) {
      const stand = standIn(job(name))
      expect(stand.metadata.name).not.toBe(name)
      expect(stand.metadata.name.length).toBeLessThanOrEqual(63)
      const labels = { 'batch.kubernetes.io/job-name': stand.metadata.name }
      const made = { ...stand, spec: { template: { metadata: { labels } } } }
      expect(inPlaceOf(made, job(name))).toMatchObject({
        metadata: { name },
        spec: { template: { metadata: { labels: { 'batch.kubernetes.io/job-name': name } } } },
      })
    }
  })

  it('still runs until a condition of its end is true', () => {
    expect(stillRuns(job('a'))).toBe(true)
    expect(stillRuns(job('a', [{ type: 'Suspended', status: 'False' }]))).toBe(true)
    expect(stillRuns(job('a', [{ type: 'Complete', status: 'False' }]))).toBe(true)
    expect(stillRuns(job('a', [{ type: 'Failed', status: 'True' }]))).toBe(false)
    expect(stillRuns(job('a', [null, { type: 'Complete', status: 'True' }]))).toBe(false)
  })

  it('can not be changed, in the words of the API server', () => {
    expect(
      isImmutable('Job.batch "a" is invalid: spec.template: Invalid value: {}: field is immutable'),
    ).toBe(true)
    expect(isImmutable('spec.template.spec.containers: Required value')).toBe(false)
  })
})
