import { rolloutIdSchema, type RolloutId } from '@fairlead/contracts/ids'
import { isTerminal, type RolloutState } from '@fairlead/contracts/rollout-states'
import type { Api, BenchStack } from './stack'
import { pause } from './wait'

const project = 'bench'

export interface BenchApplication {
  readonly name: string
  readonly cluster: string
  readonly namespace: string
}

/** The project of all benches, allowed everywhere on this cluster too. */
export async function ensureProject(api: Api, cluster: string): Promise<void> {
  const known = (await api.project.list.query({})).find(({ name }) => name === project)
  if (known === undefined) await api.project.create.mutate({ name: project })
  const others = known?.destinations.filter((destination) => destination.cluster !== cluster) ?? []
  await api.project.setDestinations.mutate({
    project,
    destinations: [...others, { cluster, namespace: '*' }],
  })
}

/** One stage; our own deadlines are so long that only the Deployment's can end a rollout. */
export async function applyApplication(api: Api, application: BenchApplication): Promise<void> {
  const { name, cluster, namespace } = application
  const stage = {
    name: 'only',
    targets: { clusters: [cluster], namespace },
    deadline: { progress: '10m', total: '30m' },
    onFailure: 'rollback',
  }
  const metadata = { name, project }
  const document = { apiVersion: 'fairlead.dev/v1', kind: 'Application', metadata, spec: { stages: [stage] } }
  await api.application.apply.mutate({ document: JSON.stringify(document) })
}

export async function deploy(api: Api, application: string, manifests: string): Promise<RolloutId> {
  const { rollout } = await api.rollout.deploy.mutate({ project, application, change: { manifests } })
  return rolloutIdSchema.parse(rollout)
}

const giveUpAfterMs = 180_000
/** Between two looks at a rollout of which nothing is heard. */
const lookAgainMs = 1_000

/** Learns of changes as a browser does: told that something changed, it asks what. */
export async function untilEnded({ api, live }: BenchStack, rollout: RolloutId): Promise<RolloutState> {
  const giveUpAt = Date.now() + giveUpAfterMs
  while (Date.now() < giveUpAt) {
    const heard = live.next(rollout)
    const { state } = await api.rollout.get.query({ rollout })
    if (isTerminal.rollout(state)) return state
    await Promise.race([heard, pause(lookAgainMs)])
  }
  throw new Error(`A rollout did not end within ${giveUpAfterMs / 1000} s.`)
}

export async function deployAndConverge(
  bench: BenchStack,
  application: string,
  manifests: string,
): Promise<void> {
  const rollout = await deploy(bench.api, application, manifests)
  const state = await untilEnded(bench, rollout)
  if (state === 'succeeded') return
  const view = await bench.api.rollout.get.query({ rollout })
  const reasons = view.stages.map(({ name, reason, evidence }) => `${name}: ${reason} ${evidence.join('; ')}`)
  throw new Error(`Rollout ${view.number} of ${application} ended as ${state}. ${reasons.join(' ')}`)
}

export async function liftHold(api: Api, application: string): Promise<void> {
  const detail = await api.application.get.query({ project, application })
  for (const { name, hold } of detail.stages)
    if (hold !== null)
      await api.rollout.liftHold.mutate({ project, application, stage: name, reason: 'The next run' })
}
