import { recordsIn, textIn } from '@fairlead/contracts/loose-json'

export interface Taint {
  readonly key: string
  readonly value: string
  readonly effect: string
}
export interface Toleration {
  readonly key: string
  readonly operator: string
  readonly value: string
  readonly effect: string
}

export const readTaints = (value: unknown): readonly Taint[] =>
  recordsIn(value).map((taint) => ({
    key: textIn(taint['key']),
    value: textIn(taint['value']),
    effect: textIn(taint['effect']),
  }))

export const readTolerations = (value: unknown): readonly Toleration[] =>
  recordsIn(value).map((toleration) => ({
    key: textIn(toleration['key']),
    operator: textIn(toleration['operator']),
    value: textIn(toleration['value']),
    effect: textIn(toleration['effect']),
  }))

/** Upstream: k8s.io/api/core/v1 Toleration.ToleratesTaint. */
function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect !== '' && toleration.effect !== taint.effect) return false
  if (toleration.key !== '' && toleration.key !== taint.key) return false
  if (toleration.operator === 'Exists') return true
  return (toleration.operator === '' || toleration.operator === 'Equal') && toleration.value === taint.value
}

/** The taints that keep new pods away and that none of the tolerations covers. */
export const untolerated = (taints: readonly Taint[], tolerations: readonly Toleration[]): readonly Taint[] =>
  taints.filter(
    (taint) =>
      (taint.effect === 'NoSchedule' || taint.effect === 'NoExecute') &&
      !tolerations.some((toleration) => tolerates(toleration, taint)),
  )

/** Taints that only ask to be avoided, and that no toleration covers. */
export const untoleratedPreferences = (
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
): readonly Taint[] =>
  taints.filter(
    (taint) =>
      taint.effect === 'PreferNoSchedule' && !tolerations.some((toleration) => tolerates(toleration, taint)),
  )

export const taintWords = ({ key, value, effect }: Taint): string =>
  `${key}${value === '' ? '' : `=${value}`}:${effect}`
