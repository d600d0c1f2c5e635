// Finds a Chromium for tests and benches; on Debian, as root, installs the distribution's, and says so first.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome']

const find = () =>
  [
    process.env.CHROMIUM_PATH,
    ...(process.env.PATH ?? '')
      .split(path.delimiter)
      .flatMap((folder) => names.map((name) => path.join(folder, name))),
  ].find((file) => file !== undefined && file !== '' && fs.existsSync(file))

export function ensureBrowser() {
  const found = find()
  if (found !== undefined) return found
  if (process.getuid?.() !== 0 || !fs.existsSync('/usr/bin/apt-get')) {
    console.error('The stories need Chromium: install it, or name it in CHROMIUM_PATH.')
    process.exit(1)
  }
  console.log('Installing the system package chromium (for the browser tests) …')
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit' })
  execFileSync('apt-get', ['install', '-y', '-qq', 'chromium'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return find()
}
