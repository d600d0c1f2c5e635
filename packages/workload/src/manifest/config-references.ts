import { recordIn, recordsIn, textIn, type Loose } from '@fairlead/contracts/loose-json'

/** What a pod reads of one ConfigMap or Secret; `keys` is null when it reads all of it. */
export interface ConfigReference {
  readonly kind: 'ConfigMap' | 'Secret'
  readonly name: string
  readonly keys: readonly string[] | null
}

const reference = (kind: ConfigReference['kind'], name: unknown, keys: ConfigReference['keys']) =>
  textIn(name) === '' ? [] : [{ kind, name: textIn(name), keys }]

function ofContainer(container: Loose): ConfigReference[] {
  const single = recordsIn(container['env']).flatMap((variable) => {
    const from = recordIn(variable['valueFrom'])
    const [map, secret] = [recordIn(from['configMapKeyRef']), recordIn(from['secretKeyRef'])]
    return [
      ...reference('ConfigMap', map['name'], [textIn(map['key'])]),
      ...reference('Secret', secret['name'], [textIn(secret['key'])]),
    ]
  })
  const whole = recordsIn(container['envFrom']).flatMap((from) => [
    ...reference('ConfigMap', recordIn(from['configMapRef'])['name'], null),
    ...reference('Secret', recordIn(from['secretRef'])['name'], null),
  ])
  return [...single, ...whole]
}

const itemsOf = (source: Loose): readonly string[] | null =>
  Array.isArray(source['items']) ? recordsIn(source['items']).map(({ key }) => textIn(key)) : null

function ofVolume(volume: Loose): ConfigReference[] {
  const [map, secret] = [recordIn(volume['configMap']), recordIn(volume['secret'])]
  const projected = recordsIn(recordIn(volume['projected'])['sources']).flatMap((source) => {
    const [oneMap, oneSecret] = [recordIn(source['configMap']), recordIn(source['secret'])]
    return [
      ...reference('ConfigMap', oneMap['name'], itemsOf(oneMap)),
      ...reference('Secret', oneSecret['name'], itemsOf(oneSecret)),
    ]
  })
  return [
    ...reference('ConfigMap', map['name'], itemsOf(map)),
    ...reference('Secret', secret['secretName'], itemsOf(secret)),
    ...projected,
  ]
}

/** Every ConfigMap and Secret whose content reaches a container: by env, envFrom, a volume or a projected one. */
export function configReferences(podSpec: unknown): readonly ConfigReference[] {
  const spec = recordIn(podSpec)
  return [
    ...recordsIn(spec['initContainers']).flatMap(ofContainer),
    ...recordsIn(spec['containers']).flatMap(ofContainer),
    ...recordsIn(spec['volumes']).flatMap(ofVolume),
  ]
}
