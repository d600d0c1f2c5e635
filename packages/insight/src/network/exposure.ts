import { publicAnnotation } from '@fairlead/contracts/labels'
import type { NetworkFinding, NetworkRef } from '@fairlead/contracts/network'
import { finding } from './finding'
import { namespaceOf, type PlainObject } from './plain'
import type { World } from './world'

const markOf = ({ metadata }: PlainObject): string => metadata.annotations?.[publicAnnotation]?.trim() ?? ''

/** Whether the mark covers a path: `true`, or one of the prefixes that it lists, by whole segments. */
export function isPublic(service: PlainObject, path: string): boolean {
  const mark = markOf(service)
  if (mark === 'true') return true
  return mark.split(',').some((each) => {
    const prefix = each.trim()
    if (!prefix.startsWith('/')) return false
    const whole = prefix.replace(/\/+$/, '')
    return path === whole || path.startsWith(`${whole}/`)
  })
}

/** Where nobody marks anything, the mark is unknown there and its lack says little. */
const inUse = (world: World): boolean => world.all('Service').some((service) => markOf(service) !== '')

export function exposureFinding(
  world: World,
  by: { readonly code: 'ingress.not_public' | 'route.not_public'; readonly ref: NetworkRef },
  exposed: { readonly service: PlainObject; readonly path: string },
): readonly NetworkFinding[] {
  const { service, path } = exposed
  if (isPublic(service, path)) return []
  const name = `${namespaceOf(service)}/${service.metadata.name}`
  const mark = markOf(service)
  return [
    finding(by.code, by.ref, {
      words:
        mark === '' || mark === 'false'
          ? `It exposes Service ${name} at ${path}, which is not marked public.`
          : `It exposes ${path} of Service ${name}, of which only ${mark} is marked public.`,
      fix: `If it is meant to be reached from outside: kubectl -n ${namespaceOf(service)} annotate service ${service.metadata.name} ${publicAnnotation}=true (or =${path}).`,
      severity: inUse(world) ? 'warning' : 'notice',
    }),
  ]
}
