import { watchedKinds } from '@fairlead/contracts/kinds'
import type { ObjectAddress } from './object-address'
import { shellWord } from './shell-word'

/** The same object in the words of each tool, complete enough to paste: context and namespace included. */
export function copyForms({ cluster, kind, namespace, name }: ObjectAddress) {
  const { plural, apiVersion } = watchedKinds[kind]
  const where = namespace === null ? '' : ` -n ${shellWord(namespace)}`
  const kubectl = `kubectl --context ${shellWord(cluster)}${where} get ${plural} ${shellWord(name)}`
  const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  const scope = namespace === null ? '' : `/namespaces/${namespace}`
  return {
    kubectl,
    fairlead: `fairlead get ${plural}${where} --cluster ${shellWord(cluster)} --json`,
    api: `kubectl --context ${shellWord(cluster)} get --raw ${base}${scope}/${plural}/${name}`,
  }
}
