import type { ExceptionView } from '@fairlead/contracts/freeze'
import { describe, expect, it } from 'vitest'
import { affects, type Shown } from './affects'

const exception = (more: Partial<ExceptionView>): ExceptionView =>
  ({ rollout: null, project: null, application: null, cluster: null, ...more }) as ExceptionView
const ofRollout = exception({ rollout: 'r', project: 'shop', application: 'web' })
const ofApplication = exception({ project: 'shop', application: 'web' })
const ofCluster = exception({ cluster: 'eu-1' })

describe('the screens that an exception is about', () => {
  it.each<[what: string, exception: ExceptionView, shown: Shown, affected: boolean]>([
    ['its rollout', ofRollout, { rollout: 'r', project: 'shop', application: 'web' }, true],
    [
      'another rollout of the application',
      ofRollout,
      { rollout: 's', project: 'shop', application: 'web' },
      false,
    ],
    ['the application of its rollout', ofRollout, { project: 'shop', application: 'web' }, true],
    [
      'a rollout of its application',
      ofApplication,
      { rollout: 's', project: 'shop', application: 'web' },
      true,
    ],
    ['another application', ofApplication, { project: 'shop', application: 'other' }, false],
    ['an application of that name elsewhere', ofApplication, { project: 'bank', application: 'web' }, false],
    ['a workload of it on any cluster', ofApplication, { application: 'web', cluster: 'eu-1' }, true],
    ['its cluster', ofCluster, { cluster: 'eu-1' }, true],
    ['another cluster', ofCluster, { cluster: 'us-1' }, false],
    ['what lies on no cluster in particular', ofCluster, { project: 'shop', application: 'web' }, false],
  ])('%s', (_, one, shown, affected) => {
    expect(affects(one, shown)).toBe(affected)
  })
})
