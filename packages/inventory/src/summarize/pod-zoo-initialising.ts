import {
  container,
  running,
  waiting,
  ended,
  up,
  crashed,
  ready,
  initialized,
  sidecar,
  type PodShape,
} from './pod-zoo-parts'

export const initialisingPods: readonly PodShape[] = [
  {
    name: 'init-first-of-two',
    init: ['first', 'second'],
    expected: ['0/1', 'Init:0/2', '0'],
    status: {
      phase: 'Pending',
      initContainerStatuses: [container('first', running), container('second', waiting('PodInitializing'))],
      containerStatuses: [container('main', waiting('PodInitializing'))],
    },
  },
  {
    name: 'init-second-of-two',
    init: ['first', 'second'],
    expected: ['0/1', 'Init:1/2', '0'],
    status: {
      phase: 'Pending',
      initContainerStatuses: [container('first', ended(0, 'Completed')), container('second', running)],
      containerStatuses: [container('main', waiting('PodInitializing'))],
    },
  },
  {
    name: 'init-done',
    init: ['first'],
    expected: ['0/1', 'PodInitializing', '0'],
    status: {
      phase: 'Pending',
      initContainerStatuses: [container('first', ended(0, 'Completed'))],
      containerStatuses: [container('main', waiting('PodInitializing'))],
    },
  },
  {
    name: 'init-error',
    init: ['first'],
    expected: ['0/1', 'Init:Error', '2'],
    status: {
      phase: 'Pending',
      initContainerStatuses: [container('first', ended(1, 'Error'), { restarts: 2, ...crashed })],
    },
  },
  {
    name: 'init-exit-code',
    init: ['first'],
    expected: ['0/1', 'Init:ExitCode:3', '0'],
    status: { phase: 'Pending', initContainerStatuses: [container('first', ended(3))] },
  },
  {
    name: 'init-signal',
    init: ['first'],
    expected: ['0/1', 'Init:Signal:11', '0'],
    status: { phase: 'Pending', initContainerStatuses: [container('first', ended(139, undefined, 11))] },
  },
  {
    name: 'init-crash-loop',
    init: ['first'],
    expected: ['0/1', 'Init:CrashLoopBackOff', '6'],
    status: {
      phase: 'Pending',
      initContainerStatuses: [container('first', waiting('CrashLoopBackOff'), { restarts: 6, ...crashed })],
      containerStatuses: [container('main', waiting('PodInitializing'), { restarts: 9 })],
    },
  },
  {
    name: 'init-image',
    init: ['first'],
    expected: ['0/1', 'Init:ImagePullBackOff', '0'],
    status: { phase: 'Pending', initContainerStatuses: [container('first', waiting('ImagePullBackOff'))] },
  },
  {
    name: 'init-restarts-forgotten',
    init: ['first'],
    expected: ['1/1', 'Running', '1'],
    status: {
      phase: 'Running',
      conditions: [ready, initialized],
      initContainerStatuses: [container('first', ended(0, 'Completed'), { restarts: 5, ...crashed })],
      containerStatuses: [up('main', { restarts: 1, ...crashed })],
    },
  },
  {
    name: 'initialised-but-init-runs-again',
    init: ['first'],
    expected: ['1/1', 'Init:0/1', '0'],
    status: {
      phase: 'Running',
      conditions: [ready, initialized],
      initContainerStatuses: [container('first', running)],
      containerStatuses: [up('main')],
    },
  },
  {
    name: 'sidecar-starting',
    init: [sidecar],
    expected: ['0/2', 'Init:0/1', '0'],
    status: { phase: 'Pending', initContainerStatuses: [container('mesh', running)] },
  },
  {
    name: 'sidecar-started',
    init: [sidecar],
    expected: ['2/2', 'Running', '0'],
    status: {
      phase: 'Running',
      conditions: [ready, initialized],
      initContainerStatuses: [up('mesh')],
      containerStatuses: [up('main')],
    },
  },
  {
    name: 'sidecar-unready',
    init: [sidecar],
    expected: ['1/2', 'Running', '0'],
    status: {
      phase: 'Running',
      conditions: [initialized],
      initContainerStatuses: [container('mesh', running, { started: true })],
      containerStatuses: [up('main')],
    },
  },
  {
    name: 'sidecar-restarts-count',
    init: [sidecar, 'first'],
    expected: ['2/2', 'Running', '5'],
    status: {
      phase: 'Running',
      conditions: [ready, initialized],
      initContainerStatuses: [
        up('mesh', { restarts: 4, ...crashed }),
        container('first', ended(0, 'Completed'), { restarts: 8, ...crashed }),
      ],
      containerStatuses: [up('main', { restarts: 1, ...crashed })],
    },
  },
  {
    name: 'sidecar-before-init',
    init: [sidecar, 'first'],
    expected: ['1/2', 'Init:1/2', '0'],
    status: {
      phase: 'Pending',
      initContainerStatuses: [up('mesh'), container('first', running)],
      containerStatuses: [container('main', waiting('PodInitializing'))],
    },
  },
  {
    name: 'sidecar-crashing',
    init: [sidecar],
    expected: ['0/2', 'Init:CrashLoopBackOff', '3'],
    status: {
      phase: 'Pending',
      initContainerStatuses: [container('mesh', waiting('CrashLoopBackOff'), { restarts: 3, ...crashed })],
    },
  },
  {
    name: 'sidecar-ended-with-zero',
    init: [sidecar],
    expected: ['0/2', 'Completed', '0'],
    status: {
      phase: 'Succeeded',
      conditions: [initialized],
      initContainerStatuses: [container('mesh', ended(0, 'Completed'))],
      containerStatuses: [container('main', ended(0, 'Completed'))],
    },
  },
]

export const deletingPods: readonly PodShape[] = [
  {
    name: 'terminating',
    deleted: true,
    expected: ['1/1', 'Terminating', '0'],
    status: { phase: 'Running', conditions: [ready], containerStatuses: [up('main')] },
  },
  {
    name: 'terminating-pending',
    deleted: true,
    expected: ['0/1', 'Terminating', '0'],
    status: { phase: 'Pending', containerStatuses: [container('main', waiting('ContainerCreating'))] },
  },
  {
    name: 'terminating-completed',
    deleted: true,
    expected: ['0/1', 'Completed', '0'],
    status: { phase: 'Succeeded', containerStatuses: [container('main', ended(0, 'Completed'))] },
  },
  {
    name: 'terminating-failed',
    deleted: true,
    expected: ['0/1', 'Error', '0'],
    status: { phase: 'Failed', containerStatuses: [container('main', ended(1, 'Error'))] },
  },
  {
    name: 'terminating-node-lost',
    deleted: true,
    expected: ['1/1', 'Unknown', '0'],
    status: { phase: 'Running', reason: 'NodeLost', containerStatuses: [up('main')] },
  },
  {
    name: 'terminating-crash-loop',
    deleted: true,
    expected: ['0/1', 'Terminating', '2'],
    status: {
      phase: 'Running',
      containerStatuses: [container('main', waiting('CrashLoopBackOff'), { restarts: 2, ...crashed })],
    },
  },
]
