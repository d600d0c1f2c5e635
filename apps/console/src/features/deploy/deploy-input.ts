import type { InputOf } from '@fairlead/contracts/surface'

export const sources = ['image', 'manifests', 'release'] as const
export type Source = (typeof sources)[number]
export const isSource = (text: string | null): text is Source => sources.some((source) => source === text)

export type DeployDraft = {
  /** By the container's key; only what differs from what runs. */
  images: Readonly<Record<string, string>>
  manifests: string
  reason: string
}
export const emptyDraft: DeployDraft = { images: {}, manifests: '', reason: '' }

type Chosen = {
  project: string
  application: string
  source: Source
  draft: DeployDraft
  release: string | null
  /** The last stage to deploy to; null for all of them. */
  to: string | null
}
export type PlanInput = InputOf<'rollout.plan'>

/** What would be asked of the server; a sentence where something is still missing. */
export function inputOf({ project, application, source, draft, release, to }: Chosen): PlanInput | string {
  const rest = { project, application, ...(to === null ? {} : { to }) }
  if (source === 'manifests') {
    if (draft.manifests.trim() === '') return 'Paste manifests or drop their files first.'
    return { ...rest, change: { manifests: draft.manifests } }
  }
  if (source === 'release') {
    if (release === null) return 'Choose a release first.'
    return { ...rest, change: { release } } as PlanInput
  }
  const images = Object.fromEntries(
    Object.entries(draft.images)
      .map(([key, image]) => [key, image.trim()] as const)
      .filter(([, image]) => image !== ''),
  )
  if (Object.keys(images).length === 0) return 'Give at least one container a new image first.'
  return { ...rest, change: { images } }
}
