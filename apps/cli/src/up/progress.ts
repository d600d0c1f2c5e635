/** What people see while `up` works: one line per finished step, and one that moves while a step runs. */
export interface Progress {
  step<T>(title: string, run: (say: (detail: string) => void) => Promise<T>): Promise<T>
  line(text: string): void
}

export function terminalProgress(out: NodeJS.WriteStream): Progress {
  const interactive = out.isTTY
  let current = ''
  const clear = (): void => void (interactive && current !== '' && out.write('\r\u001b[2K'))
  const draw = (): void =>
    void (interactive && current !== '' && out.write(`\r${current.slice(0, (out.columns || 80) - 1)}`))
  const line = (text: string): void => {
    clear()
    out.write(`${text}\n`)
    draw()
  }
  return {
    line,
    step: async (title, run) => {
      const startedAt = Date.now()
      let detail = ''
      let lastPrinted = ''
      const show = (): void => {
        const seconds = Math.round((Date.now() - startedAt) / 1000)
        if (interactive) {
          clear()
          current = `  … ${title}${detail === '' ? '' : `: ${detail}`} (${seconds} s)`
          draw()
        } else if (detail !== lastPrinted) {
          lastPrinted = detail
          out.write(`  … ${title}: ${detail}\n`)
        }
      }
      const timer = setInterval(show, 1_000)
      try {
        const result = await run((text) => {
          detail = text
          show()
        })
        clear()
        current = ''
        out.write(`  ✓ ${title} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)\n`)
        return result
      } catch (error) {
        clear()
        current = ''
        out.write(`  ✗ ${title}\n`)
        throw error
      } finally {
        clearInterval(timer)
      }
    },
  }
}
