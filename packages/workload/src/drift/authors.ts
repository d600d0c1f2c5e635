import { handsFieldManager } from '@fairlead/contracts/hand-states'
import type { DriftAuthor } from '@fairlead/contracts/drift'
import type { ObjectPlan } from '@fairlead/contracts/rollout'
import type { KubeObject, ManagedField } from '@fairlead/kube/kube-object'

/**
 * Who made a live object differ. Whoever owns a field with another value is named with it; where a field was removed
 * nobody owns it, and the last to write beside us is the best that the server remembers.
 */
export function authorsOf(
  live: KubeObject,
  conflicts: ObjectPlan['conflicts'],
  ours: string,
): readonly DriftAuthor[] {
  const entries = (live.metadata.managedFields ?? []).filter(
    ({ manager, subresource }) => manager !== ours && subresource !== 'status',
  )
  const managers = [...new Set(conflicts.map(({ manager }) => manager))]
  if (managers.length > 0)
    return managers.map((manager) => ({
      ...written(entries, manager),
      fields: conflicts.filter((conflict) => conflict.manager === manager).map(({ field }) => field),
    }))
  const last = entries.toSorted((left, right) => timeOf(right).localeCompare(timeOf(left)))[0]
  return last?.manager === undefined ? [] : [{ ...written([last], last.manager), fields: [] }]
}

const timeOf = ({ time }: ManagedField): string => time ?? ''

function written(entries: readonly ManagedField[], manager: string): Omit<DriftAuthor, 'fields'> {
  const entry = entries
    .filter((each) => each.manager === manager)
    .toSorted((left, right) => timeOf(right).localeCompare(timeOf(left)))[0]
  return { manager, operation: entry?.operation ?? null, at: entry?.time ?? null }
}

/**
 * Tools in people's hands, by the names under which they write. What anything else owns may belong to a controller, which
 * would write it again at once: that is put back only when somebody asks for it by name.
 */
export const isPersonsTool = (manager: string): boolean =>
  manager === handsFieldManager || /^kubectl(?:-|$)/.test(manager) || /^(?:k9s|lens|headlamp)$/i.test(manager)
