import { describe, expect, it } from 'vitest'
import { explainCrash } from './explain'

const now = new Date('2026-11-27T12:00:00Z')
const at = (secondsAgo: number): string => new Date(now.getTime() - secondsAgo * 1000).toISOString()

interface Shape {
  readonly container?: object
  readonly state?: object
  readonly lastState?: object
  readonly status?: object
  readonly events?: readonly object[]
  readonly more?: object
  readonly init?: boolean
}
const look = ({ container, state, lastState, status, events, more, init }: Shape) => {
  const declared = { name: 'web', image: 'shop/web:1', ...container }
  const live = {
    name: 'web',
    restartCount: 3,
    ready: false,
    state: state ?? {},
    lastState: lastState ?? {},
    ...more,
  }
  const other = { name: 'main', image: 'shop/main:1' }
  return explainCrash({
    now,
    events: events ?? [],
    pod: {
      metadata: { name: 'web-1', namespace: 'shop' },
      spec:
        init === true
          ? { nodeName: 'a', initContainers: [declared], containers: [other] }
          : { nodeName: 'a', containers: [declared] },
      status: {
        phase: 'Running',
        ...(init === true ? { initContainerStatuses: [live] } : { containerStatuses: [live] }),
        ...status,
      },
    },
  })
}
const ended = (exitCode: number, more: object = {}) => ({
  terminated: { exitCode, startedAt: at(60), finishedAt: at(30), ...more },
})
const event = (reason: string, message: string) => ({
  reason,
  message,
  lastTimestamp: at(20),
  involvedObject: { fieldPath: 'spec.containers{web}' },
})
const loop = (text = 'back-off 1m20s restarting failed container=web') => ({
  waiting: { reason: 'CrashLoopBackOff', message: text },
})
const probe = { httpGet: { path: '/live', port: 8080 }, periodSeconds: 10, failureThreshold: 3 }

describe('why a container ended', () => {
  it.each([
    [
      'out of memory',
      {
        lastState: ended(137, { reason: 'OOMKilled' }),
        container: { resources: { limits: { memory: '64Mi' } } },
      },
      'oom_killed',
      'its limit 64Mi',
    ],
    [
      'killed by its liveness probe',
      {
        lastState: ended(137),
        container: { livenessProbe: probe },
        events: [event('Killing', 'Container web failed liveness probe, will be restarted')],
      },
      'killed_by_liveness',
      'GET /live on port 8080) allows 0 s + 3 × 10 s = 30 s of silence; it lived 30 s',
    ],
    [
      'ended by its liveness probe, in order',
      {
        lastState: ended(0),
        container: { livenessProbe: probe },
        events: [event('Killing', 'Container web failed liveness probe, will be restarted')],
      },
      'killed_by_liveness',
      'liveness probe failed',
    ],
    [
      'killed by its startup probe',
      {
        lastState: ended(137),
        container: { startupProbe: probe },
        events: [event('Killing', 'Container web failed startup probe, will be restarted')],
      },
      'killed_by_startup',
      'never passed',
    ],
    ['killed by somebody', { lastState: ended(137) }, 'killed', 'SIGKILL'],
    ['a segmentation fault', { lastState: ended(139) }, 'segfault', 'SIGSEGV'],
    ['an abort', { lastState: ended(134) }, 'aborted', 'SIGABRT'],
    ['not executable', { lastState: ended(126) }, 'not_executable', '126'],
    ['not found', { lastState: ended(127) }, 'not_found', '127'],
    [
      'not found by the runtime',
      {
        lastState: ended(128, {
          reason: 'StartError',
          message: 'exec: "srv": executable file not found in $PATH',
        }),
      },
      'not_found',
      'executable file not found',
    ],
    ['asked to end', { lastState: ended(143) }, 'terminated', 'SIGTERM'],
    ['another signal', { lastState: ended(135) }, 'signal', 'SIGBUS'],
    [
      'an error of its own',
      { lastState: ended(3, { message: 'no database' }) },
      'exit',
      'Its last words: no database',
    ],
    ['done at once', { lastState: ended(0) }, 'completed', 'exit code 0'],
  ])('%s', (_what, shape: Shape, code, words) => {
    const [finding] = look({ state: loop(), ...shape })
    expect(finding).toMatchObject({ code, container: 'web' })
    expect(finding?.words).toContain(words)
  })

  it('says when the next start is due', () => {
    const [, finding] = look({ state: loop(), lastState: ended(1) })
    expect(finding).toMatchObject({
      code: 'back_off',
      details: { delaySeconds: 80, nextStartAt: at(-50) },
    })
    expect(finding?.words).toContain('waits 1 min 20 s before the next start, in about 50 s')
  })

  it('does not accuse a container that is ready of what happened long ago', () => {
    expect(
      look({ state: { running: { startedAt: at(9000) } }, lastState: ended(137), more: { ready: true } }),
    ).toEqual([])
  })
})

describe('why a container does not start', () => {
  const waiting = (reason: string, message: string) => ({ state: { waiting: { reason, message } } })
  it.each([
    [
      'a tag that is not there',
      waiting(
        'ErrImagePull',
        'rpc error: code = NotFound desc = failed to pull: docker.io/shop/web:1: not found',
      ),
      'image_pull',
      'does not exist there',
    ],
    [
      'no right to the image',
      waiting(
        'ImagePullBackOff',
        'Back-off pulling image "shop/web:1": ErrImagePull: pull access denied, authentication required',
      ),
      'image_pull',
      'does not let the node read it',
    ],
    [
      'a registry out of reach',
      waiting('ErrImagePull', 'failed to do request: dial tcp: lookup registry.example: no such host'),
      'image_pull',
      'cannot be reached',
    ],
    [
      'a certificate',
      waiting(
        'ErrImagePull',
        'tls: failed to verify certificate: x509: certificate signed by unknown authority',
      ),
      'image_pull',
      'certificate',
    ],
    [
      'too many pulls',
      waiting('ErrImagePull', 'toomanyrequests: You have reached your pull rate limit'),
      'image_pull',
      'limits how often',
    ],
    [
      'no image reference',
      waiting('InvalidImageName', 'couldn\'t parse image name "Shop"'),
      'image_pull',
      'is no image reference',
    ],
    ['never to be pulled', waiting('ErrImageNeverPull', ''), 'image_pull', 'Never forbids'],
    [
      'a missing Secret',
      waiting('CreateContainerConfigError', 'secret "db" not found'),
      'config',
      'the Secret db does not exist',
    ],
    [
      'a missing ConfigMap',
      waiting('CreateContainerConfigError', 'configmap "web" not found'),
      'config',
      'the ConfigMap web does not exist',
    ],
    [
      'a missing key',
      waiting('CreateContainerConfigError', "couldn't find key url in ConfigMap shop/web"),
      'config',
      'has no key url',
    ],
    [
      'root',
      waiting('CreateContainerConfigError', 'container has runAsNonRoot and image will run as root'),
      'config',
      'runAsNonRoot',
    ],
    ['something else', waiting('RunContainerError', 'boom'), 'start_failed', 'RunContainerError: boom'],
  ])('%s', (_what, shape: Shape, code, words) => {
    const [finding] = look(shape)
    expect(finding).toMatchObject({ code })
    expect(finding?.words).toContain(words)
  })

  it('takes the cause of a failed pull from the event when the state only says that it waits', () => {
    const [finding] = look({
      ...waiting('ImagePullBackOff', 'Back-off pulling image "shop/web:1"'),
      events: [event('Failed', 'Failed to pull image "shop/web:1": manifest unknown')],
    })
    expect(finding?.words).toContain('does not exist there')
  })
})

describe('why a pod is not ready', () => {
  it('tells what the readiness probe gets, and for how long', () => {
    const [finding] = look({
      container: { readinessProbe: { ...probe, initialDelaySeconds: 5 } },
      state: { running: { startedAt: at(120) } },
      more: { started: true },
      events: [event('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503')],
    })
    expect(finding).toMatchObject({ code: 'not_ready', details: { ranSeconds: 120, allowedSeconds: 35 } })
    expect(finding?.words).toContain('has run for 120 s')
    expect(finding?.words).toContain('statuscode: 503')
  })
  it('tells when a startup probe will have it killed', () => {
    const [finding] = look({ container: { startupProbe: probe }, state: { running: { startedAt: at(12) } } })
    expect(finding).toMatchObject({ code: 'not_started' })
    expect(finding?.words).toContain('killed after 30 s')
  })
  it.each([
    [
      'evicted',
      { status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' } },
      'evicted',
    ],
    ['past its deadline', { status: { phase: 'Failed', reason: 'DeadlineExceeded' } }, 'deadline'],
    ['on a silent node', { status: { reason: 'NodeLost' } }, 'node_lost'],
    [
      'without its volumes',
      {
        status: { phase: 'Pending' },
        events: [event('FailedMount', 'MountVolume.SetUp failed for volume "x"')],
      },
      'volume',
    ],
    [
      'without a network',
      {
        status: { phase: 'Pending' },
        events: [event('FailedCreatePodSandBox', 'plugin type="bridge" failed')],
      },
      'sandbox',
    ],
    ['still initialising', { init: true, state: { running: { startedAt: at(5) } } }, 'initialising'],
    ['failing to initialise', { init: true, state: loop(), lastState: ended(1) }, 'exit'],
  ])('%s', (_what, shape: Shape, code) => {
    expect(look(shape).map((finding) => finding.code)).toContain(code)
  })
  it.each([[null], ['pod'], [{ spec: { containers: [null, 4] }, status: { containerStatuses: 'x' } }]])(
    'never throws: %j',
    (pod) => {
      expect(Array.isArray(explainCrash({ pod, events: [null, 'x', { message: 4 }], now }))).toBe(true)
    },
  )
})
