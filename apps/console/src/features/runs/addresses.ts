export type TaskPlace = { readonly task: string; readonly index?: number; readonly tab?: string }

/** A run, and where the panel of one of its tasks stands open, which. */
export function runHref(id: string, place?: TaskPlace): string {
  if (place === undefined) return `/runs/${id}`
  const query = new URLSearchParams({ task: place.task })
  if (place.index !== undefined && place.index >= 0) query.set('index', String(place.index))
  if (place.tab !== undefined) query.set('tab', place.tab)
  return `/runs/${id}?${query.toString()}`
}
