import { recordIn, recordsIn, textIn } from '@fairlead/contracts/loose-json'
import { namespaceOf, specOf, type PlainObject } from './plain'

export interface SecretName {
  readonly namespace: string
  readonly name: string
}

/** The TLS Secrets that an Ingress or a Gateway names: what has to be known of them before its path can be judged. */
export function tlsSecretsOf(object: PlainObject): readonly SecretName[] {
  const namespace = namespaceOf(object)
  const spec = specOf(object)
  if (object.kind === 'Ingress')
    return recordsIn(spec['tls'])
      .map((tls) => ({ namespace, name: textIn(tls['secretName']) }))
      .filter(({ name }) => name !== '')
  if (object.kind !== 'Gateway') return []
  return recordsIn(spec['listeners'])
    .flatMap((listener) => recordsIn(recordIn(listener['tls'])['certificateRefs']))
    .filter((reference) => (textIn(reference['kind']) || 'Secret') === 'Secret')
    .map((reference) => ({
      namespace: textIn(reference['namespace']) || namespace,
      name: textIn(reference['name']),
    }))
}
