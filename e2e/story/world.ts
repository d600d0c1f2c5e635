import { expect, test as base, type Browser, type BrowserContext, type Page } from '@playwright/test'
import fs from 'node:fs'
import type { StackFile } from '../stack/stack'
import { apiOf, signInByApi, type Api } from './api'

/** A person of the stories, with a browser of their own. */
export interface Person {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly page: Page
  readonly api: Api
}

export interface World {
  readonly stack: StackFile
  /** Signs `name` in with a new browser; the account exists already. */
  browserOf(name: string): Promise<Person>
}

export const password = 'correct horse battery staple'
export const emailOf = (name: string): string => `${name.toLowerCase()}@example.org`

export const readStack = (): StackFile => {
  const file = process.env['FAIRLEAD_E2E_STACK']
  if (file === undefined)
    throw new Error('FAIRLEAD_E2E_STACK is unset: run the stories through e2e/playwright.config.ts')
  return JSON.parse(fs.readFileSync(file, 'utf8')) as StackFile
}

/** Signing in is limited per address, and rightly: each person does it once, and every browser of theirs goes on with it. */
const cookies = new Map<string, Promise<string>>()
const cookieOf = (stack: StackFile, name: string): Promise<string> => {
  const known = cookies.get(name)
  if (known !== undefined) return known
  const cookie = signInByApi(stack.url, emailOf(name), password)
  cookies.set(name, cookie)
  return cookie
}

async function open(
  browser: Browser,
  stack: StackFile,
  name: string,
): Promise<Person & { context: BrowserContext }> {
  const cookie = await cookieOf(stack, name)
  const context = await browser.newContext({ baseURL: stack.url, reducedMotion: 'reduce' })
  await context.addCookies(
    cookie.split('; ').map((pair) => ({
      name: pair.slice(0, pair.indexOf('=')),
      value: pair.slice(pair.indexOf('=') + 1),
      url: stack.url,
    })),
  )
  const page = await context.newPage()
  await page.goto('/fleet')
  return { name, email: emailOf(name), password, page, context, api: apiOf(stack.url, cookie) }
}

/** Each story gets the world; whatever browsers it opened are closed after it. */
export const story = base.extend<{ world: World }>({
  world: async ({ browser }, use) => {
    const stack = readStack()
    const contexts: BrowserContext[] = []
    await use({
      stack,
      browserOf: async (name) => {
        const { context, ...person } = await open(browser, stack, name)
        contexts.push(context)
        return person
      },
    })
    for (const context of contexts) await context.close()
  },
})
export { expect }
