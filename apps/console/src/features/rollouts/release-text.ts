import type { ReleaseRef } from '@fairlead/contracts/application'

/** `registry.example/team/web@sha256:4f5e…` → `web@4f5e6a7b`, `registry.example/web:1.4.2` → `web:1.4.2`. */
export function shortImage(reference: string): string {
  const [path = reference, digest] = reference.split('@')
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (digest === undefined) return name
  return `${name.split(':')[0] ?? name}@${digest.replace(/^sha256:/, '').slice(0, 8)}`
}

export const shortDigest = (digest: string): string => digest.replace(/^sha256:/, '').slice(0, 10)

/** What people call a release: its number, then its images. */
export function releaseText({ number, images }: Pick<ReleaseRef, 'number' | 'images'>): string {
  const [first, ...more] = images
  if (first === undefined) return `release ${number}`
  return `release ${number} · ${shortImage(first)}${more.length > 0 ? ` +${more.length}` : ''}`
}
