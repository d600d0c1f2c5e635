export type KeyPress = {
  key: string
  metaKey: boolean
  ctrlKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/**
 * A pressed key as it is written in useHotkey: `mod+k`, `escape`, `?`. Ctrl and ⌘ are both `mod`.
 * Shift is named only where the key itself doesn't show it (`shift+enter`, but `?` and not `shift+/`).
 */
export function chordOf(press: KeyPress): string {
  const key = press.key === ' ' ? 'space' : press.key.toLowerCase()
  const symbol = press.key.length === 1 && !/[a-z]/i.test(press.key)
  const parts = [
    press.metaKey || press.ctrlKey ? 'mod' : '',
    press.altKey ? 'alt' : '',
    press.shiftKey && !symbol ? 'shift' : '',
    key,
  ]
  return parts.filter(Boolean).join('+')
}

export type Match = { kind: 'hit'; keys: string } | { kind: 'prefix' } | { kind: 'miss' }

/** Whether the chords pressed so far are a known sequence, may become one, or neither. */
export function matchSequence(pressed: readonly string[], known: readonly string[]): Match {
  const typed = pressed.join(' ')
  if (known.includes(typed)) return { kind: 'hit', keys: typed }
  return known.some((keys) => keys.startsWith(`${typed} `)) ? { kind: 'prefix' } : { kind: 'miss' }
}
