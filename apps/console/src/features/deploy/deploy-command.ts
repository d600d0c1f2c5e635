import type { PlanInput } from './deploy-input'

/** The same deploy from a terminal. */
export function commandOf(input: PlanInput | string, reason: string, confirms: boolean): string | undefined {
  if (typeof input === 'string') return undefined
  const { project, application, change, to } = input
  const parts = [`fairlead deploy -a ${project === undefined ? '' : `${project}/`}${application}`]
  for (const [key, image] of Object.entries(change.images ?? {})) parts.push(`--image ${key}=${image}`)
  if (change.manifests !== undefined) parts.push('-f manifests.yaml')
  if (change.release !== undefined) parts.push(`--release ${change.release}`)
  if (to !== undefined) parts.push(`--to ${to}`)
  if (confirms) parts.push(`--confirm-prune ${application}`)
  if (reason.trim() !== '') parts.push(`--reason '${reason.trim().replaceAll("'", String.raw`'\''`)}'`)
  return `${parts.join(' ')} --wait`
}
