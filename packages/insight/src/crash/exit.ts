import type { CrashCode, CrashFinding } from '@fairlead/contracts/pod-why'
import type { ContainerFacts, Ended, Probe } from './container-facts'
import { newest, type PodEvent } from './pod-events'

interface Cause {
  readonly code: CrashCode
  readonly words: string
  readonly remedy: string | null
}

const signals: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  15: 'SIGTERM',
}

const byCode: Readonly<Record<number, Cause>> = {
  126: {
    code: 'not_executable',
    words: 'its command could not be executed (exit code 126)',
    remedy: 'Check that the file is executable and built for this architecture.',
  },
  127: {
    code: 'not_found',
    words: 'its command was not found (exit code 127)',
    remedy:
      'Check the command and the PATH of the image; a shell script may call a program that the image lacks.',
  },
  134: {
    code: 'aborted',
    words: 'it aborted itself (SIGABRT, exit code 134), as after a failed assertion',
    remedy: 'Read the end of its previous log.',
  },
  139: {
    code: 'segfault',
    words: 'it accessed memory that is not its own (SIGSEGV, exit code 139)',
    remedy: 'Look for native code built for another libc or CPU; a core dump tells where.',
  },
  143: {
    code: 'terminated',
    words: 'it was asked to end and did (SIGTERM, exit code 143)',
    remedy: 'Look for what stopped it: a rollout, a drain, a probe or a controller.',
  },
}

const seconds = (from: string | null, to: string | null): number | null =>
  from === null || to === null ? null : Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000))

/** How long a probe lets a container be silent after its start. */
export const patience = ({ initialDelay, period, failures }: Probe): number =>
  initialDelay + period * failures

function probeWords(kind: 'liveness' | 'startup', probe: Probe | null, lived: number | null): string {
  if (probe === null) return ''
  const allowed = `The ${kind} probe (${probe.target}) allows ${probe.initialDelay} s + ${probe.failures} × ${probe.period} s = ${patience(probe)} s of silence`
  return lived === null ? ` ${allowed}.` : ` ${allowed}; it lived ${lived} s.`
}

/** SIGKILL has several senders; what else is known tells which. */
function killed(container: ContainerFacts, ended: Ended, events: readonly PodEvent[]): Cause {
  const lived = seconds(ended.startedAt, ended.finishedAt)
  const says = (kind: string): boolean =>
    newest(events, {
      reason: 'Killing',
      container: container.name,
      says: new RegExp(`${kind} probe`, 'i'),
    }) !== undefined
  if (says('startup'))
    return {
      code: 'killed_by_startup',
      words: `its startup probe never passed, so it was killed.${probeWords('startup', container.probes.startup, lived)}`,
      remedy: 'Raise failureThreshold of the startup probe above the time that it needs to start.',
    }
  if (says('liveness')) {
    const early =
      lived !== null &&
      container.probes.liveness !== null &&
      lived <= patience(container.probes.liveness) + 35
    return {
      code: 'killed_by_liveness',
      words: `its liveness probe failed, so it was killed.${probeWords('liveness', container.probes.liveness, lived)}`,
      remedy: early
        ? 'It may only be slow to start: a startup probe holds the liveness probe back until it is up.'
        : 'Find out why it stopped answering; the probe itself may be too strict (timeoutSeconds).',
    }
  }
  return {
    code: 'killed',
    words: `it was killed from outside (SIGKILL, exit code ${ended.exitCode})`,
    remedy: 'It outlived its grace period, or the node ran out of memory; the events of the node tell.',
  }
}

function limitWords({ memoryLimit, podMemoryLimit }: ContainerFacts): string {
  if (memoryLimit !== '') return memoryLimit
  return podMemoryLimit === ''
    ? '(none of its own: the limit of the pod or the node)'
    : `(none of its own: the ${podMemoryLimit} of all containers of its pod)`
}

const startErrors = new Set(['StartError', 'ContainerCannotRun'])

function startFailure({ message }: Ended): Cause {
  const missing = /executable file not found|no such file or directory/.test(message)
  const denied = /permission denied/.test(message)
  const code = missing ? 'not_found' : denied ? 'not_executable' : 'start_failed'
  return {
    code,
    words: `it could not be started: ${message.slice(0, 300) || 'the runtime gave no reason'}`,
    remedy: missing ? 'Check its command and arguments against what the image holds.' : null,
  }
}

function causeOf(container: ContainerFacts, ended: Ended, events: readonly PodEvent[]): Cause {
  const { exitCode, reason } = ended
  if (reason === 'ContainerStatusUnknown')
    return {
      code: 'end_unknown',
      words: 'how it ended was not seen, for it was gone when its node looked',
      remedy: null,
    }
  if (reason === 'OOMKilled')
    return {
      code: 'oom_killed',
      words: `it used more memory than its limit ${limitWords(container)} and was killed (OOMKilled, exit code ${exitCode})`,
      remedy: 'Raise its memory limit, or have it use less; the chart of its memory tells which.',
    }
  if (startErrors.has(reason)) return startFailure(ended)
  const signal = ended.signal !== 0 ? ended.signal : exitCode > 128 ? exitCode - 128 : 0
  const byProbe = killed(container, ended, events)
  // A process that heeds SIGTERM ends with its own code when a probe has it killed.
  if (signal === 9 || byProbe.code !== 'killed') return byProbe
  const known = byCode[exitCode]
  if (known !== undefined) return known
  if (exitCode === 0)
    return {
      code: 'completed',
      words: 'it ended by itself without an error (exit code 0)',
      remedy: 'A container of a long-running workload must not end: check its command.',
    }
  if (signal > 0 && exitCode > 128)
    return {
      code: 'signal',
      words: `it was ended by ${signals[signal] ?? `signal ${signal}`} (exit code ${exitCode})`,
      remedy: null,
    }
  return {
    code: 'exit',
    words: `it ended with exit code ${exitCode}`,
    remedy: 'Read the end of its previous log.',
  }
}

/** Why a container ended; what it wrote as its last words is quoted. */
export function exitFinding(
  container: ContainerFacts,
  ended: Ended,
  events: readonly PodEvent[],
): CrashFinding {
  const cause = causeOf(container, ended, events)
  const lived = seconds(ended.startedAt, ended.finishedAt)
  const last =
    startErrors.has(ended.reason) || cause.code === 'end_unknown' || ended.message === ''
      ? ''
      : ` Its last words: ${ended.message.slice(0, 300)}`
  return {
    code: cause.code,
    container: container.name,
    words: `${container.name}: ${cause.words.replace(/\.$/, '')}.${last}`,
    remedy: cause.remedy,
    details: {
      exitCode: ended.exitCode,
      restarts: container.restarts,
      ...(lived === null ? {} : { livedSeconds: lived }),
      ...(ended.finishedAt === null ? {} : { finishedAt: ended.finishedAt }),
    },
  }
}
