import type { TargetDrift } from '@fairlead/contracts/drift'
import { driftStates } from '@fairlead/contracts/drift-states'
import { age, table } from './output'
import { diffText } from './plan-text'

/** Targets with how they stand; then what differs, with who wrote it and how it should be. */
export function driftText(targets: readonly TargetDrift[]): string {
  if (targets.length === 0) return 'Nothing is compared: no release was verified there yet.'
  const standing = table(
    ['stage', 'cluster', 'namespace', 'state', 'release', 'objects', 'since', 'compared', 'why'],
    targets.map(({ stage, cluster, namespace, state, release, objects, since, checkedAt, reason }) => [
      stage,
      cluster.name,
      namespace,
      driftStates[state].word,
      release === null ? '' : String(release),
      String(objects.length),
      since === null ? '' : age(since),
      checkedAt === null ? 'never' : age(checkedAt),
      reason,
    ]),
  )
  const objects = targets.flatMap((target) =>
    target.objects.flatMap(({ kind, name, change, authors, notes, diff }) => [
      '',
      `${target.cluster.name}: ${kind}/${name} ${change}`,
      ...authors.map(
        ({ manager, at, fields }) =>
          `  ${fields.length === 0 ? 'last written' : fields.join(', ')} by ${manager}${at === null ? '' : `, ${age(at)} ago`}`,
      ),
      ...notes.map((note) => `  ${note}`),
      ...diffText(`${kind}/${name}`, diff),
    ]),
  )
  return [standing, ...objects].join('\n')
}
