import type { CustomKind } from '@fairlead/contracts/custom-objects'
import { shellWord } from '../workloads/shell-word'
import type { CustomKindAddress, CustomObjectAddress } from './addresses'

/** The same list, or the same object, in the words of each tool; the API call once the version is known. */
export function customCopyForms(
  address: CustomKindAddress | CustomObjectAddress,
  kind: CustomKind | undefined,
) {
  const { cluster, definition } = address
  const object = 'name' in address ? address : null
  const namespace = object?.namespace ?? null
  const everywhere = object === null && kind?.namespaced !== false
  const where = namespace === null ? (everywhere ? ' -A' : '') : ` -n ${shellWord(namespace)}`
  const what = object === null ? definition : `${definition} ${shellWord(object.name)}`
  const kubectl = `kubectl --context ${shellWord(cluster)}${where} get ${what}`
  const fairlead = `fairlead get ${what}${where} --cluster ${shellWord(cluster)}`
  if (kind === undefined) return { kubectl, fairlead }
  const scope = namespace === null ? '' : `/namespaces/${namespace}`
  const path = `/apis/${kind.group}/${kind.version}${scope}/${kind.plural}${object === null ? '' : `/${object.name}`}`
  return { kubectl, fairlead, api: `kubectl --context ${shellWord(cluster)} get --raw ${shellWord(path)}` }
}
