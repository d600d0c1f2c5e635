import type { KubeObject } from '@fairlead/kube/kube-object'

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
