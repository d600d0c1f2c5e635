import type { WatchHandler } from './list-watch'

/** A store as a consumer keeps it, and all it was told. */
export function recorder(onChanges: WatchHandler<string>['onChanges'] = () => undefined) {
  const store = new Set<string>()
  const told: string[] = []
  const states: string[] = []
  const handler: WatchHandler<string> = {
    startSync() {
      const next: string[] = []
      return {
        chunk: (names) => void next.push(...names),
        finish() {
          store.clear()
          next.forEach((name) => store.add(name))
          told.push(`sync ${next.join(' ')}`)
        },
        abandon: () => void told.push('abandon'),
      }
    },
    async onChanges(changes) {
      await onChanges(changes)
      for (const { type, object } of changes) {
        if (type === 'upsert') store.add(object)
        else store.delete(object)
        told.push(`${type} ${object}`)
      }
    },
    onState: (state) => void states.push(state),
    onHeartbeat: () => undefined,
    onPoison: (message) => void told.push(`poison ${message}`),
  }
  return { store, told, states, handler }
}
