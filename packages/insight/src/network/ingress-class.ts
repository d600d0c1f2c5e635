import { recordIn, recordsIn, textIn } from '@fairlead/contracts/loose-json'
import type { NetworkFinding } from '@fairlead/contracts/network'
import { finding } from './finding'
import { few, refOf, specOf, statusOf, type PlainObject } from './plain'
import type { World } from './world'

const legacyKey = 'kubernetes.io/ingress.class'
const defaultKey = 'ingressclass.kubernetes.io/is-default-class'

/** The class by field; the annotation is older and some controllers still read it. Empty when there is neither. */
export const classOf = (ingress: PlainObject): string =>
  textIn(specOf(ingress)['ingressClassName']) || (ingress.metadata.annotations?.[legacyKey] ?? '')

const hasAddress = (object: PlainObject): boolean =>
  recordsIn(recordIn(statusOf(object)['loadBalancer'])['ingress']).length > 0

export function classFindings(world: World, ingress: PlainObject): readonly NetworkFinding[] {
  const ref = refOf(ingress)
  const classes = world.all('IngressClass')
  const names = classes.map(({ metadata }) => metadata.name)
  const wanted = classOf(ingress)
  if (wanted === '') {
    if (classes.some(({ metadata }) => metadata.annotations?.[defaultKey] === 'true'))
      return hasAddress(ingress) ? [] : [noAddress(ingress)]
    return [
      finding('ingress.no_class', ref, {
        words: `It names no class, and no IngressClass is the default${names.length === 0 ? '; the cluster has none' : ` (there are ${few(names)})`}.`,
        fix: `Set ingressClassName${names[0] === undefined ? ' once a controller with a class is installed' : ` to ${few(names)}`}.`,
      }),
    ]
  }
  const found = world.find('IngressClass', null, wanted)
  if (found === undefined && textIn(specOf(ingress)['ingressClassName']) !== '')
    return [
      finding('ingress.class_missing', ref, {
        words: `It names class ${wanted}, which does not exist${names.length === 0 ? '; the cluster has no IngressClass' : `; there are ${few(names)}`}.`,
        fix: `Correct ingressClassName, or install the controller that brings ${wanted}.`,
      }),
    ]
  if (hasAddress(ingress)) return []
  const controller = found === undefined ? '' : textIn(specOf(found)['controller'])
  const served = world.all('Ingress').some((each) => classOf(each) === wanted && hasAddress(each))
  if (served) return [noAddress(ingress)]
  return [
    finding('ingress.class_unserved', ref, {
      words: `No Ingress of class ${wanted} in this cluster has an address: nothing seems to run its controller${controller === '' ? '' : ` ${controller}`}.`,
      fix: 'See whether the controller runs, and whether it watches this class and namespace.',
    }),
  ]
}

const noAddress = (ingress: PlainObject): NetworkFinding =>
  finding('ingress.no_address', refOf(ingress), {
    words:
      'It has no address, while its class is served: its controller has not taken it, or waits for a load balancer.',
    fix: 'See the events of the Ingress and the log of its controller.',
  })
