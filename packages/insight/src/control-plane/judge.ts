import {
  controlPlaneComponents,
  type ComponentSignal,
  type ControlPlaneComponent,
  type ControlPlaneEvidence,
  type ControlPlaneSignals,
  type HealthSample,
} from '@fairlead/contracts/control-plane'
import { judgeKubelets } from './judge-kubelets'
import { judgeLeader } from './judge-leader'
import type { Judged } from './judged'

/** Slower than this, a person at the keyboard notices. */
const slowMs = 1_000

const passed = ({ status }: HealthSample): boolean => status !== null && status < 400
/** An answer, but to somebody who may not ask: it says nothing of health. */
const notOurs = ({ status }: HealthSample): boolean => status === 401 || status === 403 || status === 404
const timesOf = (taken: readonly HealthSample[]): string => taken.map(({ ms }) => Math.round(ms)).join(', ')
const failureOf = ({ status, words }: HealthSample): string =>
  status === null ? (words ?? 'no answer') : `HTTP ${status}`

/** Three samples of one path: a majority decides, and the odd one out is told. */
function judgePath(path: string, taken: readonly HealthSample[]): ComponentSignal {
  const good = taken.filter(passed)
  const bad = taken.filter((sample) => !passed(sample))
  const [first] = bad
  if (first === undefined) {
    const slowest = Math.max(0, ...good.map(({ ms }) => ms))
    const slow = slowest > slowMs ? ', slowly' : ''
    return {
      what: path,
      state: 'ok',
      words: `answered 200 ${good.length} times${slow}: ${timesOf(good)} ms`,
    }
  }
  if (bad.every(notOurs))
    return { what: path, state: 'unknown', words: `may not be asked: ${failureOf(first)}` }
  const state = good.length > bad.length ? 'ok' : 'failing'
  return { what: path, state, words: `${bad.length} of ${taken.length} failed: ${failureOf(first)}` }
}

function judgeDryRun(sample: HealthSample | null): ComponentSignal | null {
  if (sample === null) return null
  const what = 'dry-run create'
  if (passed(sample))
    return { what, state: 'ok', words: `passed admission in ${Math.round(sample.ms)} ms, leaving nothing` }
  const refused = sample.status !== null && sample.status < 500
  return refused
    ? { what, state: 'unknown', words: `was refused: ${sample.words ?? failureOf(sample)}` }
    : { what, state: 'failing', words: `failed: ${sample.words ?? failureOf(sample)}` }
}

const silent = ({ livez, readyz }: ControlPlaneSignals): boolean =>
  [...livez, ...readyz].every(({ status }) => status === null)

function judgeApiServer(signals: ControlPlaneSignals, etcdFails: boolean): Judged {
  const live = judgePath('/livez', signals.livez)
  const ready = judgePath('/readyz', signals.readyz)
  const create = judgeDryRun(signals.dryRun)
  const all = create === null ? [live, ready] : [live, ready, create]
  if (silent(signals)) {
    const words = signals.readyz[0]?.words ?? signals.livez[0]?.words ?? 'It does not answer'
    return { state: 'failing', evidence: words, signals: all }
  }
  if (ready.state === 'failing' || live.state === 'failing') {
    const because = etcdFails ? ', because its etcd check fails' : ''
    const [which] = ready.state === 'failing' ? [ready] : [live]
    return {
      state: 'failing',
      evidence: `It answers, but is not ready${because}: ${which.what} ${which.words}`,
      signals: all,
    }
  }
  if (create?.state === 'failing')
    return {
      state: 'failing',
      evidence: `It answers reads, but a ${create.what} ${create.words}`,
      signals: all,
    }
  const best = ready.state === 'ok' ? ready : live
  return { state: best.state, evidence: `${best.what} ${best.words}`, signals: all }
}

function judgeEtcd(signals: ControlPlaneSignals): Judged {
  const { etcd, readyz } = signals
  const what = '/readyz/etcd'
  const one = (state: Judged['state'], evidence: string): Judged => ({
    state,
    evidence,
    signals: [{ what, state, words: passed(etcd) ? 'answered 200' : failureOf(etcd) }],
  })
  if (silent(signals)) return one('unknown', 'Cannot be seen while the API server does not answer')
  if (passed(etcd))
    return one('ok', `The API server reaches it: its check passed in ${Math.round(etcd.ms)} ms`)
  if (!notOurs(etcd))
    return one('failing', `The API server's check of etcd failed: ${etcd.words ?? failureOf(etcd)}`)
  // Its check alone needs a right of its own; /readyz contains it.
  return readyz.some(passed)
    ? one('ok', 'Its check is part of /readyz, which passed')
    : one('unknown', 'Its check may not be read')
}

/** Pure: evidence and verdict of each component, API server first. */
export function judgeControlPlane(signals: ControlPlaneSignals): readonly ControlPlaneEvidence[] {
  const etcd = judgeEtcd(signals)
  const etcdFails = etcd.state === 'failing'
  const hidden = silent(signals)
    ? 'Cannot be seen while the API server does not answer'
    : etcdFails
      ? 'Cannot be seen while etcd does not answer'
      : null
  const now = new Date(signals.serverTime ?? signals.at)
  const leader = (component: 'scheduler' | 'controller-manager'): Judged =>
    judgeLeader(signals.leases[component], { now, hidden })
  const judged: Readonly<Record<ControlPlaneComponent, Judged>> = {
    apiserver: judgeApiServer(signals, etcdFails),
    etcd,
    scheduler: leader('scheduler'),
    'controller-manager': leader('controller-manager'),
    kubelet: judgeKubelets(signals, hidden),
  }
  return (Object.keys(judged) as ControlPlaneComponent[]).map((component) => ({
    component,
    ...judged[component],
    impact: controlPlaneComponents[component].impact,
    checkedAt: signals.at,
  }))
}
