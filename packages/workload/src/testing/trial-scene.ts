import { getObject } from '@fairlead/kube/objects'
import { application, type Scene } from './scene'

/** One application of one stage, whose releases are tried first. */
export function trialScene(scene: Scene) {
  const view = async (rollout: string) => {
    const shown = await scene.call('ada', 'rollout.get', { rollout })
    const [stage] = shown.stages
    if (stage === undefined) throw new Error('the rollout has no stage')
    return { ...shown, stage }
  }
  return {
    view,
    strategy: (strategy: string) =>
      scene.call('ada', 'application.apply', {
        document: application(scene.namespace, [{ name: 'staging', strategy }]),
      }),
    deploy: async (manifests: string): Promise<string> =>
      (await scene.call('ada', 'rollout.deploy', { application: 'web', change: { manifests } })).rollout,
    promote: (rollout: string, step: number) =>
      scene.call('ada', 'rollout.promote', { rollout, stage: 'staging', step }),
    find: (kind: string, name: string) =>
      getObject(scene.client, {
        apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1',
        kind,
        namespace: scene.namespace,
        name,
      }),
    /** Passes until its view says so. */
    until: async (rollout: string, holds: (shown: Awaited<ReturnType<typeof view>>) => boolean) => {
      for (;;) {
        await scene.pass(rollout)
        const shown = await view(rollout)
        if (holds(shown)) return shown
        if (shown.finishedAt !== null) throw new Error(`it ended before: ${shown.stage.reason}`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
  }
}
export type TrialScene = ReturnType<typeof trialScene>

export const waitsFor =
  (words: RegExp) =>
  ({ stage }: Awaited<ReturnType<TrialScene['view']>>): boolean =>
    words.test(stage.trial?.waits?.what ?? '')
