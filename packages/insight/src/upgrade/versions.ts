/** `v1.35.4+k3s1` → 35; null for what is no version of Kubernetes 1. */
export const minorOf = (version: string): number | null => {
  const minor = /^v?1\.(\d+)/.exec(version)?.[1]
  return minor === undefined ? null : Number(minor)
}
export const nextOf = (version: string | null): string | null => {
  const minor = version === null ? null : minorOf(version)
  return minor === null ? null : `1.${minor + 1}`
}
