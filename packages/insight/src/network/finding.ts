import type { NetworkFinding, NetworkRef } from '@fairlead/contracts/network'
import {
  networkFindings,
  severityNames,
  type FindingSeverity,
  type NetworkFindingCode,
} from '@fairlead/contracts/network-findings'

export interface Said {
  readonly words: string
  readonly fix: string
  /** Where this case weighs less or more than usual. */
  readonly severity?: FindingSeverity
}

export const finding = (code: NetworkFindingCode, object: NetworkRef, said: Said): NetworkFinding => ({
  code,
  severity: said.severity ?? networkFindings[code].severity,
  object,
  words: said.words,
  fix: said.fix,
})

export const keyOfRef = ({ kind, namespace, name }: NetworkRef): string =>
  `${kind}/${namespace ?? ''}/${name}`

const weight = ({ severity }: NetworkFinding): number => severityNames.indexOf(severity)

/** Each once, worst first; the rest keep their order, which follows the traffic. */
export function ranked(findings: readonly NetworkFinding[]): readonly NetworkFinding[] {
  const once = new Map(
    findings.map((each) => [`${each.code} ${keyOfRef(each.object)} ${each.words}`, each] as const),
  )
  return [...once.values()].sort((left, right) => weight(left) - weight(right))
}

export function worstOf(findings: readonly NetworkFinding[]): NetworkFinding | null {
  return ranked(findings)[0] ?? null
}
