// What must be there before any TypeScript can run: the dependencies of the lock file and the generated Prisma client.
import { execFileSync } from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '..')
const digest = (files) => {
  const hash = crypto.createHash('sha256')
  for (const file of files) hash.update(fs.readFileSync(file))
  return hash.digest('hex')
}
const isCurrent = (stamp, value) => fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === value

export function ensureInstalled(say = console.log) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(
      `Fairlead needs Node 20.19 or newer; this is ${process.versions.node}. Install one from nodejs.org or your package manager.`,
    )
    process.exit(1)
  }
  const lock = digest([path.join(root, 'package-lock.json')])
  const installed = path.join(root, 'node_modules/.fairlead-installed')
  if (!isCurrent(installed, lock)) {
    say('Installing dependencies (about a minute the first time) …')
    const quiet = ['--no-audit', '--no-fund', '--loglevel', 'error']
    execFileSync('npm', ['ci', ...quiet], { cwd: root, stdio: 'inherit' })
    fs.writeFileSync(installed, lock)
  }
  const models = path.join(root, 'prisma/models')
  const schema = digest([
    path.join(root, 'prisma/schema.prisma'),
    ...fs
      .readdirSync(models)
      .sort()
      .map((file) => path.join(models, file)),
  ])
  const generated = path.join(root, 'packages/db/src/generated/.fairlead-schema')
  if (!isCurrent(generated, schema)) {
    say('Generating the database client …')
    execFileSync(process.execPath, [path.join(root, 'node_modules/prisma/build/index.js'), 'generate'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    fs.writeFileSync(generated, schema)
  }
}
