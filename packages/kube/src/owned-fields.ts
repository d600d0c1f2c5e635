import type { KubeObject } from './kube-object'

/** fieldsV1 → one path per owned leaf: `spec.replicas`, `spec.template.spec.containers[name=web].image`. */
export function ownedPaths(fields: unknown, prefix = ''): string[] {
  if (typeof fields !== 'object' || fields === null) return []
  const entries = Object.entries(fields).filter(([key]) => key !== '.')
  if (entries.length === 0) return prefix === '' ? [] : [prefix]
  return entries.flatMap(([key, value]) => ownedPaths(value, `${prefix}${segment(key, prefix === '')}`))
}

function segment(key: string, first: boolean): string {
  const body = key.slice(2)
  if (key.startsWith('f:')) return first ? body : `.${body}`
  if (!key.startsWith('k:')) return `[${body}]`
  try {
    const keys = Object.entries(JSON.parse(body) as Record<string, unknown>)
    return `[${keys.map(([name, value]) => `${name}=${String(value)}`).join(',')}]`
  } catch {
    return `[${body}]`
  }
}

const pathsOf = (object: KubeObject, wanted: (manager: string) => boolean): Map<string, string> =>
  new Map(
    (object.metadata.managedFields ?? [])
      .filter(
        ({ manager, subresource }) => manager !== undefined && subresource === undefined && wanted(manager),
      )
      .flatMap(({ manager = '', fieldsV1 }) => ownedPaths(fieldsV1).map((path) => [path, manager] as const)),
  )

export const isOwnedBy = (object: KubeObject, manager: string): boolean =>
  (object.metadata.managedFields ?? []).some((entry) => entry.manager === manager)

/** Fields that this apply gives up but that stay, since another manager owns them as well. */
export function keptByOthers(
  live: KubeObject,
  dryRun: KubeObject,
  manager: string,
): { readonly path: string; readonly manager: string }[] {
  const before = pathsOf(live, (name) => name === manager)
  const after = pathsOf(dryRun, (name) => name === manager)
  const others = pathsOf(dryRun, (name) => name !== manager)
  return [...before.keys()].flatMap((path) => {
    const other = after.has(path) ? undefined : others.get(path)
    return other === undefined ? [] : [{ path, manager: other }]
  })
}

/** Fields that others own in `live` and would lose to what `after` says: an update takes without asking. */
export function takenFromOthers(
  live: KubeObject,
  after: KubeObject,
  manager: string,
): { readonly field: string; readonly manager: string }[] {
  const kept = ownersOf(after)
  return [...ownersOf(live)].flatMap(([key, { path, owner }]) =>
    owner === manager || kept.has(key) ? [] : [{ field: path, manager: owner }],
  )
}

/** By entry, as the server keeps them: one manager may own a field twice, by update and by apply. */
function ownersOf(object: KubeObject): Map<string, { readonly path: string; readonly owner: string }> {
  const entries = (object.metadata.managedFields ?? []).filter(({ subresource }) => subresource !== 'status')
  return new Map(
    entries.flatMap(({ manager = '', operation = '', subresource = '', fieldsV1 }) =>
      ownedPaths(fieldsV1).map((path) => [
        JSON.stringify([manager, operation, subresource, path]),
        { path, owner: manager },
      ]),
    ),
  )
}
