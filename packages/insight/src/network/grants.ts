import { recordsIn, textIn } from '@fairlead/contracts/loose-json'
import { specOf } from './plain'
import type { World } from './world'

export interface Crossing {
  readonly from: { readonly kind: string; readonly namespace: string }
  readonly to: { readonly kind: string; readonly namespace: string; readonly name: string }
}

/** Whether a reference may cross into another namespace; within one it always may. Unknown grants are given. */
export function grants(world: World, { from, to }: Crossing): boolean {
  const unknown = world.unread.has('ReferenceGrant') || world.hidden(to.namespace)
  if (from.namespace === to.namespace || unknown) return true
  return world.inNamespace('ReferenceGrant', to.namespace).some((grant) => {
    const spec = specOf(grant)
    const fromThere = recordsIn(spec['from']).some(
      (each) =>
        textIn(each['group']) === 'gateway.networking.k8s.io' &&
        each['kind'] === from.kind &&
        each['namespace'] === from.namespace,
    )
    const toIt = recordsIn(spec['to']).some(
      (each) =>
        textIn(each['group']) === '' &&
        each['kind'] === to.kind &&
        ['', to.name].includes(textIn(each['name'])),
    )
    return fromThere && toIt
  })
}
