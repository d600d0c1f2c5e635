import type { FreezeWindowView } from '@fairlead/contracts/freeze'
import { frozenActions } from '@fairlead/contracts/freeze-actions'

export const modeWords = {
  deny: { word: 'Denies', long: 'Nothing may be changed while it lasts.' },
  allow: { word: 'Allows', long: 'Changes are possible while it lasts, and at no other time.' },
} as const

/** What a window is for, each condition by itself: all of them must hold. */
export function scopeWords({ scope, actions }: Pick<FreezeWindowView, 'scope' | 'actions'>): string[] {
  const { projects, applications, clusters, selector } = scope
  const named = (what: string, names: readonly string[] | undefined): string[] =>
    names === undefined ? [] : [`${what}${names.length > 1 ? 's' : ''} ${names.join(', ')}`]
  const words = [
    ...named('project', projects),
    ...named('application', applications),
    ...named('cluster', clusters),
    ...Object.entries(selector ?? {}).map(([key, value]) => `${key}=${value}`),
    ...(actions === null
      ? []
      : [`only ${actions.map((name) => frozenActions[name].word.toLowerCase()).join(', ')}`]),
  ]
  return words.length === 0 ? ['everything'] : words
}

/** `Mon 30 Nov, 10:00`, in that zone. */
export const timeIn = (zone: string, iso: string): string =>
  new Date(iso).toLocaleString('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })

/** Where an exception is asked for: the form is filled by the address. */
export function askHref(about: {
  readonly rollout?: string
  readonly project?: string
  readonly application?: string
  readonly cluster?: string
}): string {
  const params = new URLSearchParams({ ask: 'exception' })
  for (const [name, value] of Object.entries(about))
    if (value !== undefined && value !== '') params.set(name, value)
  return `/settings/freeze?${params.toString()}`
}
