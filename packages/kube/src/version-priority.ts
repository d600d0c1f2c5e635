const kubeVersion = /^v(\d+)(?:(alpha|beta)(\d+))?$/
const stability = { alpha: 0, beta: 1, stable: 2 } as const

/** Stability, major and minor; null for a version that is not named as Kubernetes names its own. */
function parts(version: string): readonly [number, number, number] | null {
  const match = kubeVersion.exec(version)
  if (match === null) return null
  const [, major = '0', type = 'stable', minor = '0'] = match
  return [stability[type as keyof typeof stability], Number(major), Number(minor)]
}

/**
 * Best first: stable before beta before alpha, newer before older, other names last in their own order.
 * Upstream: k8s.io/apimachinery/pkg/version CompareKubeAwareVersionStrings.
 */
export function compareVersions(left: string, right: string): number {
  const [one, two] = [parts(left), parts(right)]
  if (one === null && two === null) return left < right ? -1 : left > right ? 1 : 0
  if (one === null || two === null) return one === null ? 1 : -1
  const differs = one.findIndex((part, index) => part !== two[index])
  return differs < 0 ? 0 : (two[differs] ?? 0) - (one[differs] ?? 0)
}
