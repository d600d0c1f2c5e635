import { watchedKinds } from '@fairlead/contracts/kinds'
import type { ObjectAddress } from './object-address'

const safe = /^[\w./:@%+=-]+$/
const quoted = (word: string): string =>
  safe.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`

/** The same object in the words of each tool, complete enough to paste: context and namespace included. */
export function copyForms({ cluster, kind, namespace, name }: ObjectAddress) {
  const { plural, apiVersion } = watchedKinds[kind]
  const where = namespace === null ? '' : ` -n ${quoted(namespace)}`
  const kubectl = `kubectl --context ${quoted(cluster)}${where} get ${plural} ${quoted(name)}`
  const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  const scope = namespace === null ? '' : `/namespaces/${namespace}`
  return {
    kubectl,
    fairlead: `fairlead get ${plural}${where} --cluster ${quoted(cluster)} --json`,
    api: `kubectl --context ${quoted(cluster)} get --raw ${base}${scope}/${plural}/${name}`,
  }
}
