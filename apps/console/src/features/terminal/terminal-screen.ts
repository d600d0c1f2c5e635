import type { TerminalSize } from '@fairlead/contracts/shell-wire'
import { FitAddon } from '@xterm/addon-fit'
import { Terminal, type ITheme } from '@xterm/xterm'
import { pageNonce } from '@/features/shell/page-nonce'

export interface TerminalScreen {
  readonly size: () => TerminalSize
  write(data: Uint8Array): void
  /** A line of our own between those of the container. */
  say(text: string): void
  focus(): void
  /** As the page's theme is now. */
  paint(): void
  dispose(): void
}
interface Heard {
  typed(data: Uint8Array): void
  resized(size: TerminalSize): void
  /** F6, as everywhere: the keyboard goes on outside. */
  left(): void
}

const scrollback = 5_000

export function openScreen(element: HTMLElement, { typed, resized, left }: Heard): TerminalScreen {
  const terminal = new Terminal({
    fontFamily: getComputedStyle(element).fontFamily,
    fontSize: 13,
    lineHeight: 1.2,
    scrollback,
    cursorBlink: false,
    screenReaderMode: true,
    theme: themeOf(element),
  })
  const fit = new FitAddon()
  terminal.loadAddon(fit)
  openWithNonce(terminal, element)
  fit.fit()
  terminal.textarea?.setAttribute('aria-label', 'Terminal; F6 leaves it')
  terminal.attachCustomKeyEventHandler((event) => {
    if (event.key !== 'F6') return true
    if (event.type === 'keydown') left()
    return false
  })
  const bytes = new TextEncoder()
  terminal.onData((text) => typed(bytes.encode(text)))
  terminal.onBinary((text) => typed(Uint8Array.from(text, (letter) => letter.charCodeAt(0))))
  terminal.onResize(({ cols, rows }) => resized({ columns: cols, rows }))
  const watching = new ResizeObserver(() => fit.fit())
  watching.observe(element)
  return {
    size: () => ({ columns: terminal.cols, rows: terminal.rows }),
    write: (data) => terminal.write(data),
    say: (text) => terminal.write(`\r\n\x1b[2m${text}\x1b[0m\r\n`),
    focus: () => terminal.focus(),
    paint() {
      terminal.options.theme = themeOf(element)
    },
    dispose() {
      watching.disconnect()
      terminal.dispose()
    },
  }
}

/** xterm adds its style sheets while it opens, without asking for a nonce. */
function openWithNonce(terminal: Terminal, element: HTMLElement): void {
  const own = document.createElement
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const created = own.call(document, name, options)
    if (name === 'style') created.nonce = pageNonce()
    return created
  }) as typeof own
  try {
    terminal.open(element)
  } finally {
    Reflect.deleteProperty(document, 'createElement')
  }
}

/** The page's tokens; what a program paints itself keeps xterm's own colours, which need a dark ground to be read. */
function themeOf(element: HTMLElement): ITheme {
  const token = (name: string): string => getComputedStyle(element).getPropertyValue(name).trim()
  return {
    background: token('--terminal'),
    foreground: token('--terminal-fg'),
    cursor: token('--terminal-fg'),
    cursorAccent: token('--terminal'),
    selectionBackground: token('--terminal-selection'),
  }
}
