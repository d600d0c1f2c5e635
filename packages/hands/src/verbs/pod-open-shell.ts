import { FairleadError } from '@fairlead/contracts/errors'
import { recordIn, recordsIn, textIn } from '@fairlead/contracts/loose-json'
import type { HandsDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import { principalWords } from '@fairlead/kube/auth/impersonation'
import { isAllowed } from '@fairlead/kube/check-rights'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { HandsDeps } from '../hands-deps'
import { issueTicket } from '../shell/ticket'
import { handScope, handTarget, touchedCluster, type HandTarget, type TouchedCluster } from './hand-target'

/** bash where the image has one. */
const anyShell = ['sh', '-c', 'command -v bash >/dev/null 2>&1 && exec bash; exec sh']

/** Leave for one terminal. Asked of the cluster in its own words too, as reading rights alone open a shell on old ones. */
export const podOpenShell = (deps: HandsDeps) => {
  const named = <I extends { pod: string }>(input: I) => ({ ...input, kind: 'Pod' as const, name: input.pod })
  return room<HandsDb>(deps.db).command('pod.openShell', {
    scope: (context, input) => handScope('shell')(context, named(input)),
    prepare: async (context, input) => {
      const { container, reason = '', command = anyShell } = input
      context.note({ container, command, ...(reason === '' ? {} : { reason }) })
      assertReason(await touchedCluster(deps, input.cluster), reason)
      const target = await handTarget(deps, context, { ...named(input), hand: 'shell' })
      assertRuns(target, container)
      await assertAllowed(target.client, input, context.signal)
      return { target, command, scope: context.scope }
    },
    run: (context, input, { target, command, scope }) => {
      const { cluster: clusterId, namespace, pod, container } = input
      const projectId = scope.kind === 'project' ? scope.projectId : null
      const place = { projectId, clusterId, namespace, pod, podUid: target.uid, container, command }
      return issueTicket(context.tx, place, context)
    },
  })
}

function assertReason(cluster: TouchedCluster, reason: string): void {
  if (cluster.environment !== 'production' || reason !== '') return
  throw new FairleadError('invalid', `${cluster.name} is a production cluster: say why you open a shell.`, {
    path: 'reason',
    found: 'nothing',
    expected: 'a reason, which stands in the audit log',
  })
}

function assertRuns({ object, ref }: HandTarget, container: string): void {
  const status = recordIn(object['status'])
  const known = ['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses'].flatMap((list) =>
    recordsIn(status[list]),
  )
  const found = known.find(({ name }) => textIn(name) === container)
  if (found === undefined) throw notFound('container')
  if (recordIn(found['state'])['running'] === undefined)
    throw new FairleadError('conflict', `Container ${container} of ${ref.name} does not run now.`, {
      path: 'container',
      remedy: 'Its logs and those of the previous one may tell why.',
    })
}

async function assertAllowed(
  client: KubeClient,
  { namespace, pod }: { readonly namespace: string; readonly pod: string },
  signal: AbortSignal | undefined,
): Promise<void> {
  const right = { group: '', resource: 'pods', subresource: 'exec', verb: 'create', namespace, name: pod }
  if (await isAllowed(client, right, signal)) return
  const { principal } = client
  const who = principal === null ? 'Fairlead' : principalWords(principal)
  throw new FairleadError(
    'cluster_denied',
    `The cluster does not let ${who} run commands in pods of ${namespace}.`,
    {
      expected: 'create pods/exec',
      remedy:
        principal === null
          ? 'Its owner can give Fairlead the right: kubectl apply -f infra/rbac/fairlead-shell.yaml'
          : 'Its owner can bind a role with that right to one of these names.',
    },
  )
}
