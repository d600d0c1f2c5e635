import { setTimeout as sleep } from 'node:timers/promises'
import type { ControlPlaneEvidence, ControlPlaneSignals } from '@fairlead/contracts/control-plane'
import { judgeControlPlane } from '@fairlead/insight/control-plane/judge'
import { readControlPlane } from '@fairlead/kube/control-plane'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { z } from 'zod'
import type { ClusterStatus } from './cluster-status'

/** Often enough that a component that stops is named within ten seconds of a six-second lease. */
const everyMs = 3_000
/** Looks after which the dearer questions are asked again: leases of all nodes, a create that leaves nothing. */
const [nodesEvery, dryRunEvery, versionEvery] = [3, 10, 20] as const
/** What has not changed is written this often, so that its age can be seen. */
const writtenEveryMs = 10_000

const versionSchema = z.object({ gitVersion: z.string().max(100) })
const readVersion = async (client: KubeClient, signal: AbortSignal): Promise<string> =>
  versionSchema.parse(await client.json({ path: '/version', signal, timeoutMs: 5_000 })).gitVersion

const statesOf = (evidence: readonly ControlPlaneEvidence[]): string =>
  evidence.map(({ component, state }) => `${component} ${state}`).join(', ')

/** Looks at the control plane until `signal` aborts; never rejects. A change of state is written at once. */
export async function watchControlPlane(
  client: KubeClient,
  { status, signal }: { readonly status: Pick<ClusterStatus, 'controlPlane'>; readonly signal: AbortSignal },
): Promise<void> {
  let before: ControlPlaneSignals | null = null
  let version: string | null = null
  let written = { states: '', at: 0 }
  for (let look = 0; !signal.aborted; look++) {
    try {
      before = await readControlPlane(client, {
        signal,
        before,
        nodes: look % nodesEvery === 0,
        dryRun: look % dryRunEvery === 0,
      })
      if (!client.pulse.failing && (version === null || look % versionEvery === 0))
        version = await readVersion(client, signal)
    } catch {
      // The heartbeat says what is wrong with the connection; this loop only adds evidence.
    }
    if (before !== null && !signal.aborted) {
      const evidence = judgeControlPlane(before)
      const states = statesOf(evidence)
      const now = Date.now()
      if (states !== written.states || now - written.at >= writtenEveryMs) {
        status.controlPlane(evidence, version)
        written = { states, at: now }
      }
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined)
  }
}
