import {
  container,
  running,
  waiting,
  ended,
  up,
  crashed,
  condition,
  ready,
  notReady,
  initialized,
  two,
  type PodShape,
} from './pod-zoo-parts'

export const plainPods: readonly PodShape[] = [
  { name: 'pending', expected: ['0/1', 'Pending', '0'], status: { phase: 'Pending' } },
  {
    name: 'unschedulable',
    expected: ['0/1', 'Pending', '0'],
    status: { phase: 'Pending', conditions: [condition('PodScheduled', 'False', 'Unschedulable')] },
  },
  {
    name: 'gated',
    expected: ['0/1', 'SchedulingGated', '0'],
    status: { phase: 'Pending', conditions: [condition('PodScheduled', 'False', 'SchedulingGated')] },
  },
  {
    name: 'creating',
    expected: ['0/1', 'ContainerCreating', '0'],
    status: { phase: 'Pending', containerStatuses: [container('main', waiting('ContainerCreating'))] },
  },
  {
    name: 'waiting-without-reason',
    expected: ['0/1', 'Pending', '0'],
    status: { phase: 'Pending', containerStatuses: [container('main', waiting())] },
  },
  {
    name: 'running',
    expected: ['1/1', 'Running', '0'],
    status: { phase: 'Running', conditions: [ready, initialized], containerStatuses: [up('main')] },
  },
  {
    name: 'running-not-ready',
    expected: ['0/1', 'Running', '0'],
    status: {
      phase: 'Running',
      conditions: [notReady],
      containerStatuses: [container('main', running, { started: true })],
    },
  },
  {
    name: 'two-running',
    containers: two,
    expected: ['2/2', 'Running', '0'],
    status: { phase: 'Running', conditions: [ready], containerStatuses: [up('main'), up('proxy')] },
  },
  {
    name: 'half-ready',
    containers: two,
    expected: ['1/2', 'Running', '0'],
    status: { phase: 'Running', containerStatuses: [up('main'), container('proxy', running)] },
  },
  {
    name: 'restarted',
    expected: ['1/1', 'Running', '3'],
    status: {
      phase: 'Running',
      conditions: [ready],
      containerStatuses: [up('main', { restarts: 3, ...crashed })],
    },
  },
  {
    name: 'restarted-without-time',
    expected: ['1/1', 'Running', '2'],
    status: { phase: 'Running', conditions: [ready], containerStatuses: [up('main', { restarts: 2 })] },
  },
  {
    name: 'restarts-add-up',
    containers: two,
    expected: ['2/2', 'Running', '5'],
    status: {
      phase: 'Running',
      conditions: [ready],
      containerStatuses: [up('main', { restarts: 3, ...crashed }), up('proxy', { restarts: 2, ...crashed })],
    },
  },
  ...[
    'CrashLoopBackOff',
    'ImagePullBackOff',
    'ErrImagePull',
    'InvalidImageName',
    'CreateContainerConfigError',
  ].map((reason): PodShape => ({
    name: reason.toLowerCase(),
    expected: ['0/1', reason, '4'],
    status: {
      phase: 'Running',
      containerStatuses: [container('main', waiting(reason), { restarts: 4, ...crashed })],
    },
  })),
  {
    name: 'first-container-speaks-last',
    containers: two,
    expected: ['0/2', 'ImagePullBackOff', '0'],
    status: {
      phase: 'Pending',
      containerStatuses: [
        container('main', waiting('ImagePullBackOff')),
        container('proxy', waiting('CrashLoopBackOff')),
      ],
    },
  },
  {
    name: 'crashing-beside-running',
    containers: two,
    expected: ['1/2', 'CrashLoopBackOff', '7'],
    status: {
      phase: 'Running',
      containerStatuses: [
        container('main', waiting('CrashLoopBackOff'), { restarts: 7, ...crashed }),
        up('proxy'),
      ],
    },
  },
]

export const endedPods: readonly PodShape[] = [
  {
    name: 'completed',
    expected: ['0/1', 'Completed', '0'],
    status: { phase: 'Succeeded', containerStatuses: [container('main', ended(0, 'Completed'))] },
  },
  {
    name: 'failed',
    expected: ['0/1', 'Error', '0'],
    status: { phase: 'Failed', containerStatuses: [container('main', ended(1, 'Error'))] },
  },
  {
    name: 'oom-killed',
    expected: ['0/1', 'OOMKilled', '1'],
    status: {
      phase: 'Running',
      containerStatuses: [container('main', ended(137, 'OOMKilled'), { restarts: 1, ...crashed })],
    },
  },
  {
    name: 'exit-code',
    expected: ['0/1', 'ExitCode:42', '0'],
    status: { phase: 'Failed', containerStatuses: [container('main', ended(42))] },
  },
  {
    name: 'exit-zero-without-reason',
    expected: ['0/1', 'ExitCode:0', '0'],
    status: { phase: 'Succeeded', containerStatuses: [container('main', ended(0))] },
  },
  {
    name: 'signal',
    expected: ['0/1', 'Signal:9', '0'],
    status: { phase: 'Failed', containerStatuses: [container('main', ended(137, undefined, 9))] },
  },
  {
    name: 'evicted',
    expected: ['0/1', 'Evicted', '0'],
    status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory.' },
  },
  {
    name: 'evicted-with-container',
    expected: ['0/1', 'Error', '0'],
    status: {
      phase: 'Failed',
      reason: 'Evicted',
      containerStatuses: [container('main', ended(137, 'Error'))],
    },
  },
  { name: 'node-lost', expected: ['0/1', 'NodeLost', '0'], status: { phase: 'Running', reason: 'NodeLost' } },
  {
    name: 'deadline',
    expected: ['0/1', 'DeadlineExceeded', '0'],
    status: { phase: 'Failed', reason: 'DeadlineExceeded' },
  },
  { name: 'unknown-phase', expected: ['0/1', 'Unknown', '0'], status: { phase: 'Unknown' } },
  {
    name: 'one-completed-ready',
    containers: two,
    expected: ['1/2', 'Running', '0'],
    status: {
      phase: 'Running',
      conditions: [ready],
      containerStatuses: [container('main', ended(0, 'Completed')), up('proxy')],
    },
  },
  {
    name: 'one-completed-not-ready',
    containers: two,
    expected: ['1/2', 'NotReady', '0'],
    status: {
      phase: 'Running',
      conditions: [notReady],
      containerStatuses: [container('main', ended(0, 'Completed')), up('proxy')],
    },
  },
  {
    name: 'one-completed-other-unready',
    containers: two,
    expected: ['0/2', 'Completed', '0'],
    status: {
      phase: 'Running',
      containerStatuses: [container('main', ended(0, 'Completed')), container('proxy', running)],
    },
  },
]
