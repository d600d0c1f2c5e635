import type { SourceView } from '@fairlead/contracts/source'
import { systemActor } from '@fairlead/kernel/context'
import { createSourceReader } from '@fairlead/sources/source-reader'
import { createGitServer, type GitServer } from '@fairlead/testkit/git-server'
import { ensureRenderers } from '@fairlead/testkit/renderers'
import { sourceReconciler } from '@fairlead/workload/source/reconcile'
import { sourceActorId } from '@fairlead/workload/source/source-deps'
import { application, createScene, type Scene } from '@fairlead/workload/testing/scene'
import { createChartServer, type ChartServer } from '@fairlead/testkit/chart-server'

/** The scene of workload with what it reads from: a repository in Git and one of charts. */
export interface SourceScene {
  readonly scene: Scene
  readonly git: GitServer
  readonly charts: ChartServer
  /** Applies an application of two stages with this `spec.source`. */
  apply(name: string, source: string): Promise<{ id: string }>
  /** One pass of the reconciler. */
  look(name: string): Promise<void>
  sourceOf(name: string): Promise<SourceView>
  /** All that is kept of sources, of releases and in the audit log, as text: no login may stand in it. */
  written(): Promise<string>
  drop(): Promise<void>
}

const mebi = 1024 * 1024
const stages = [{ name: 'staging' }, { name: 'production', approval: '{ quorum: 1 }' }]

export async function createSourceScene(): Promise<SourceScene> {
  const programs = await ensureRenderers()
  const scene = await createScene()
  const [git, charts] = await Promise.all([createGitServer(), createChartServer(programs.helm)])
  const reconcile = sourceReconciler({
    db: scene.database.db,
    cipher: scene.cipher,
    random: () => 0.5,
    reader: createSourceReader({
      allowedCidrs: ['127.0.0.0/8'],
      programs,
      limits: { timeoutMs: 20_000, maxOutputBytes: 4 * mebi, maxMemoryBytes: 384 * mebi },
      maxRepositoryBytes: 4 * mebi,
    }),
    deploy: ({ project, application: name, release, to, reason }) =>
      scene.callAs({ actor: systemActor(sourceActorId), via: 'worker', address: null }, 'rollout.deploy', {
        project,
        application: name,
        change: { release },
        to,
        reason,
      }),
  })
  return {
    scene,
    git,
    charts,
    apply: (name, source) =>
      scene.call('ada', 'application.apply', {
        document: application(scene.namespace, stages, name).replace(
          'spec:\n',
          `spec:\n  source: ${source}\n`,
        ),
      }),
    look: async (name) => {
      const { id } = await scene.database.db.application.findFirstOrThrow({ where: { name } })
      await reconcile(id, new Date())
    },
    sourceOf: (name) => scene.call('vic', 'source.get', { application: name }),
    written: async () => {
      const { db } = scene.database
      const kept = [
        await db.applicationSource.findMany(),
        await db.auditEntry.findMany(),
        await db.release.findMany(),
      ]
      return JSON.stringify(kept, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
    },
    drop: async () => {
      await Promise.all([git.close(), charts.close()])
      await scene.drop()
    },
  }
}
