import { chromium, type Browser, type BrowserContext } from '@playwright/test'
import type { BenchStack } from './stack'

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: quiet,
    // Playwright would end this process before it has taken its clusters down.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })

/** A browser profile of its own, with nothing cached, in which the administrator is signed in. */
export async function signedIn(browser: Browser, { stack, cookie }: BenchStack): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: stack.url, viewport: { width: 1440, height: 900 } })
  const cookies = cookie.split('; ').map((pair) => {
    const [name = '', ...value] = pair.split('=')
    return { name, value: value.join('='), url: stack.url }
  })
  await context.addCookies(cookies)
  return context
}
