import { pathText, type YamlPath } from '@fairlead/kube/safe-yaml'

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Where two objects differ, as deep as it goes; values are left out, they may be secret. */
export function changedPaths(before: unknown, after: unknown, path: YamlPath = []): string[] {
  if (Object.is(before, after)) return []
  if (Array.isArray(before) && Array.isArray(after))
    return Array.from({ length: Math.max(before.length, after.length) }, (_, index) =>
      changedPaths(before[index], after[index], [...path, index]),
    ).flat()
  if (isMap(before) && isMap(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      changedPaths(before[key], after[key], [...path, key]),
    )
  return [pathText(path)]
}
