import { recordIn, recordsIn, textIn } from '@fairlead/contracts/loose-json'
import type { NetworkFinding } from '@fairlead/contracts/network'
import { conditionOf, isFalse, isTrue, saysOf } from './conditions'
import { finding } from './finding'
import { grants } from './grants'
import { few, namespaceOf, number, refOf, specOf, statusOf, type PlainObject } from './plain'
import { tlsFindings } from './tls'
import type { World } from './world'

export interface Listener {
  readonly name: string
  readonly port: number
  readonly protocol: string
  /** Empty for any. */
  readonly hostname: string
  readonly spec: Readonly<Record<string, unknown>>
}

export const listenersOf = (gateway: PlainObject): readonly Listener[] =>
  recordsIn(specOf(gateway)['listeners']).map((listener) => ({
    name: textIn(listener['name']),
    port: number(listener['port']) ?? 0,
    protocol: textIn(listener['protocol']),
    hostname: textIn(listener['hostname']),
    spec: listener,
  }))

export const generationOf = ({ metadata }: PlainObject): number => metadata.generation ?? 0

/** Everything that a Gateway itself can have wrong; its routes have findings of their own. Pure. */
export function gatewayFindings(world: World, gateway: PlainObject): readonly NetworkFinding[] {
  return [
    ...gatewayClassFindings(world, gateway),
    ...acceptance(gateway),
    ...listenersOf(gateway).flatMap((listener) => [
      ...listenerStatus(gateway, listener),
      ...listenerCertificates(world, gateway, listener),
    ]),
  ]
}

function gatewayClassFindings(world: World, gateway: PlainObject): readonly NetworkFinding[] {
  if (world.unread.has('GatewayClass')) return []
  const ref = refOf(gateway)
  const name = textIn(specOf(gateway)['gatewayClassName'])
  const found = world.find('GatewayClass', null, name)
  const names = world.all('GatewayClass').map(({ metadata }) => metadata.name)
  if (found === undefined)
    return [
      finding('gateway.class_missing', ref, {
        words: `It names GatewayClass ${name}, which does not exist${names.length === 0 ? '' : `; there are ${few(names)}`}.`,
        fix: 'Correct gatewayClassName, or install the controller that brings the class.',
      }),
    ]
  const accepted = conditionOf(statusOf(found), 'Accepted', generationOf(found))
  if (isTrue(accepted)) return []
  const controller = textIn(specOf(found)['controllerName'])
  return [
    finding('gateway.class_not_accepted', ref, {
      words: isFalse(accepted)
        ? `GatewayClass ${name} is refused by ${controller}: ${saysOf(accepted)}.`
        : `No controller has accepted GatewayClass ${name}; it waits for ${controller}.`,
      fix: `See whether the controller ${controller} runs, and what its log says of the class.`,
    }),
  ]
}

function acceptance(gateway: PlainObject): readonly NetworkFinding[] {
  const ref = refOf(gateway)
  const status = statusOf(gateway)
  const accepted = conditionOf(status, 'Accepted', generationOf(gateway))
  const programmed = conditionOf(status, 'Programmed', generationOf(gateway))
  if (accepted === 'stale' || programmed === 'stale')
    return [
      finding('gateway.stale', ref, {
        words: `Its status is of an older version than ${generationOf(gateway)}, the one that is written: it says nothing of that.`,
        fix: 'The controller is slow or down: see its log.',
      }),
    ]
  if (isFalse(accepted))
    return [
      finding('gateway.not_accepted', ref, {
        words: `Its controller does not accept it: ${saysOf(accepted)}.`,
        fix: 'Change what the reason names; nothing of this Gateway works until then.',
      }),
    ]
  if (!isTrue(accepted))
    return [
      finding('gateway.unclaimed', ref, {
        words: 'No controller has taken it: it has no condition Accepted, or waits for one.',
        fix: 'See whether the controller of its class runs and watches this namespace.',
      }),
    ]
  if (!isTrue(programmed))
    return [
      finding('gateway.not_programmed', ref, {
        words: `It is accepted, but not programmed${isFalse(programmed) ? `: ${saysOf(programmed)}` : ''}.`,
        fix: 'The data plane does not have it yet: see the log of the controller, and addresses or certificates that it waits for.',
      }),
    ]
  if (recordsIn(status['addresses']).length > 0) return []
  return [
    finding('gateway.no_address', ref, {
      words: 'It is programmed, but has no address.',
      fix: 'See the Service that the controller made for it: a load balancer may be pending.',
    }),
  ]
}

const refused = [
  ['Accepted', 'listener.not_accepted', 'Change what the reason names.'],
  ['ResolvedRefs', 'listener.refs_unresolved', 'Create what it refers to, or a ReferenceGrant beside it.'],
  ['Programmed', 'listener.not_programmed', 'See the log of the controller.'],
] as const

function listenerStatus(gateway: PlainObject, listener: Listener): readonly NetworkFinding[] {
  const ref = refOf(gateway)
  const status = recordsIn(statusOf(gateway)['listeners']).find((each) => each['name'] === listener.name)
  if (status === undefined) return []
  const of = (type: string) => conditionOf(status, type, generationOf(gateway))
  const conflicted = of('Conflicted')
  if (typeof conflicted === 'object' && conflicted.status === 'True')
    return [
      finding('listener.conflicted', ref, {
        words: `Listener ${listener.name} (${listener.port} ${listener.protocol}) conflicts with another: ${saysOf(conflicted)}.`,
        fix: 'Listeners on one port need one protocol and different hostnames.',
      }),
    ]
  return refused.flatMap(([type, code, fix]) => {
    const condition = of(type)
    if (!isFalse(condition)) return []
    const words = `Listener ${listener.name}: ${saysOf(condition)}.`
    return [finding(code, ref, { words, fix })]
  })
}

function listenerCertificates(
  world: World,
  gateway: PlainObject,
  listener: Listener,
): readonly NetworkFinding[] {
  const ref = refOf(gateway)
  const tls = recordIn(listener.spec['tls'])
  if (textIn(tls['mode']) === 'Passthrough') return []
  return recordsIn(tls['certificateRefs'])
    .filter((reference) => (textIn(reference['kind']) || 'Secret') === 'Secret')
    .flatMap((reference) => {
      const namespace = textIn(reference['namespace']) || namespaceOf(gateway)
      const secret = textIn(reference['name'])
      const crossing = {
        from: { kind: 'Gateway', namespace: namespaceOf(gateway) },
        to: { kind: 'Secret', namespace, name: secret },
      }
      if (!grants(world, crossing))
        return [
          finding('listener.grant_missing', ref, {
            words: `Listener ${listener.name} uses Secret ${namespace}/${secret} of another namespace, and no ReferenceGrant there allows it.`,
            fix: `Create a ReferenceGrant in ${namespace} from Gateway in ${namespaceOf(gateway)} to Secret.`,
          }),
        ]
      const hosts = listener.hostname === '' ? [] : [listener.hostname]
      return tlsFindings(world, { ref, namespace, secret, hosts })
    })
}
