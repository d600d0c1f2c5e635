import { root } from '@fairlead/e2e/stack'
import fs from 'node:fs'
import path from 'node:path'

const app = path.join(root, 'apps/console/src/app')

/** Every page of the console as its folder names it: `/clusters/[cluster]`. */
export function consoleRoutes(): string[] {
  const files = fs.readdirSync(app, { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => path.basename(file) === 'page.tsx')
    .map((file) => path.dirname(file).split(path.sep))
    .map((parts) => `/${parts.filter((part) => part !== '.' && !part.startsWith('(')).join('/')}`)
    .sort()
}

/** `[name]` replaced by what `values` says for this route, or for every route; a page nobody knows is an error. */
export function fillRoute(
  route: string,
  values: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>> = {},
): string {
  return route.replace(/\[(\w+)\]/g, (_, name: string) => {
    const value = own[name] ?? values[name]
    if (value === undefined) throw new Error(`The bench does not know what [${name}] of ${route} stands for.`)
    return encodeURIComponent(value)
  })
}
