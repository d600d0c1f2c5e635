'use client'

import { typesText } from '@fairlead/ui/types-text'
import {
  createContext,
  useContext,
  useEffect,
  useEffectEvent,
  useId,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import { chordOf, matchSequence } from './hotkey-match'

export type Hotkey = { id: string; keys: string; description: string; group: string; handler: () => void }
export type HotkeyOptions = {
  /** What the `?` help says it does. */
  description: string
  /** Heading in the `?` help. */
  group?: string | undefined
  enabled?: boolean | undefined
}

type HotkeyStore = ReturnType<typeof createHotkeyStore>
const sequencePauseMs = 1000

function createHotkeyStore() {
  let hotkeys: readonly Hotkey[] = []
  const listeners = new Set<() => void>()
  const set = (next: readonly Hotkey[]) => {
    hotkeys = next
    for (const listener of listeners) listener()
  }
  return {
    add(hotkey: Hotkey) {
      set([...hotkeys, hotkey])
      return () => set(hotkeys.filter((each) => each !== hotkey))
    },
    list: () => hotkeys,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

const HotkeyContext = createContext<HotkeyStore | null>(null)

export function HotkeyProvider({ children }: { children: ReactNode }) {
  const [store] = useState(createHotkeyStore)
  useEffect(() => {
    const listener = listenTo(store)
    // Capture: the page's own listeners (table rows) must not see a key that a sequence has used.
    window.addEventListener('keydown', listener, { capture: true })
    return () => window.removeEventListener('keydown', listener, { capture: true })
  }, [store])
  return <HotkeyContext value={store}>{children}</HotkeyContext>
}

function listenTo(store: HotkeyStore) {
  let pressed: string[] = []
  let pressedAt = 0
  return (event: KeyboardEvent) => {
    if (event.isComposing || ['Shift', 'Control', 'Meta', 'Alt'].includes(event.key)) return
    if (event.target instanceof Element && event.target.closest('[data-own-keys]')) return
    const chord = chordOf(event)
    if (
      !chord.includes('mod+') &&
      (typesText(event.target) || document.querySelector('[role="dialog"],[role="menu"]'))
    )
      return
    const known = store.list().map((hotkey) => hotkey.keys)
    const fresh = event.timeStamp - pressedAt > sequencePauseMs
    let match = matchSequence(fresh ? [chord] : [...pressed, chord], known)
    pressed = fresh ? [chord] : [...pressed, chord]
    if (match.kind === 'miss' && pressed.length > 1) {
      pressed = [chord]
      match = matchSequence(pressed, known)
    }
    pressedAt = event.timeStamp
    if (match.kind === 'miss') pressed = []
    else event.preventDefault()
    if (match.kind !== 'hit') return
    pressed = []
    const { keys } = match
    store
      .list()
      .findLast((hotkey) => hotkey.keys === keys)
      ?.handler()
  }
}

/**
 * Runs the handler when the keys are pressed (`mod+k`, `y`, or a sequence `g f`) and lists them in the `?` help.
 * Keys without `mod` stay out of text fields and open dialogs. The handler mounted last wins.
 */
export function useHotkey(keys: string, handler: () => void, options: HotkeyOptions) {
  const store = useContext(HotkeyContext)
  const id = useId()
  const run = useEffectEvent(handler)
  const { description, group = 'This page', enabled = true } = options
  useEffect(() => {
    if (!enabled || !store) return
    return store.add({ id, keys, description, group, handler: () => run() })
  }, [store, id, keys, description, group, enabled])
}

const none: readonly Hotkey[] = []

/** Everything that can be pressed now, for the `?` help. */
export function useHotkeyList(): readonly Hotkey[] {
  const store = useContext(HotkeyContext)
  return useSyncExternalStore(
    store?.subscribe ?? (() => () => undefined),
    store?.list ?? (() => none),
    () => none,
  )
}
