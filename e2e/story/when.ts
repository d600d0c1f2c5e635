import { expect } from '@playwright/test'
import type { Api } from './api'

interface Deployed {
  readonly rollout: string
  readonly number: number
}
interface Wanted {
  readonly project: string
  readonly application: string
  readonly version?: string
  readonly manifests?: string
  readonly reason?: string
}

/** Requests a rollout of a version of the demo image, or of whole manifests. */
export const deploys = (
  api: Api,
  { project, application, version, manifests, reason = 'A story' }: Wanted,
): Promise<Deployed> =>
  api.rollout.deploy.mutate({
    project,
    application,
    reason,
    change:
      manifests === undefined ? { images: { web: `localhost/demo-web:${version ?? ''}` } } : { manifests },
  })

/** Follows a rollout to one of the given states. */
export async function itReaches(
  api: Api,
  rollout: string,
  states: readonly string[],
  timeout = 300_000,
): Promise<void> {
  await expect
    .poll(async () => (await api.rollout.get.query({ rollout })).state, {
      timeout,
      message: `rollout ${rollout} reaches ${states.join(' or ')}`,
    })
    .toMatch(new RegExp(`^(${states.join('|')})$`))
}

/** Follows a run of a workflow to one of the given states. */
export async function theRunReaches(
  api: Api,
  run: string,
  states: readonly string[],
  timeout = 300_000,
): Promise<void> {
  await expect
    .poll(async () => (await api.run.get.query({ run })).state, {
      timeout,
      message: `run ${run} reaches ${states.join(' or ')}`,
    })
    .toMatch(new RegExp(`^(${states.join('|')})$`))
}

/** The images of an application's one Deployment, as the watcher saw them: what a rollout knows may reach it later. */
export const theImagesAre = (api: Api, namespace: string, image: string): Promise<void> =>
  expect
    .poll(
      async () => {
        const { rows } = await api.object.list.query({ kinds: ['Deployment'], namespace })
        return rows.map((row) => row.images.join())
      },
      { timeout: 120_000, message: `the Deployment of ${namespace} runs ${image}` },
    )
    .toEqual([`web=localhost/${image}`])
