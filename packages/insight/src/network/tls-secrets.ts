import { namespaceOf, record, records, specOf, text, type PlainObject } from './plain'

export interface SecretName {
  readonly namespace: string
  readonly name: string
}

/** The TLS Secrets that an Ingress or a Gateway names: what has to be known of them before its path can be judged. */
export function tlsSecretsOf(object: PlainObject): readonly SecretName[] {
  const namespace = namespaceOf(object)
  const spec = specOf(object)
  if (object.kind === 'Ingress')
    return records(spec['tls'])
      .map((tls) => ({ namespace, name: text(tls['secretName']) }))
      .filter(({ name }) => name !== '')
  if (object.kind !== 'Gateway') return []
  return records(spec['listeners'])
    .flatMap((listener) => records(record(listener['tls'])['certificateRefs']))
    .filter((reference) => (text(reference['kind']) || 'Secret') === 'Secret')
    .map((reference) => ({
      namespace: text(reference['namespace']) || namespace,
      name: text(reference['name']),
    }))
}
