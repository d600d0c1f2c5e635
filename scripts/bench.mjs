// `npm run bench [suite …]`: measures Fairlead beside kubectl; prints a table and writes bench/results/<suite>.json.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { ensureInstalled, root } from './install.mjs'

ensureInstalled()
const child = spawn(
  process.execPath,
  ['--import', 'tsx', path.join(root, 'bench/main.ts'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit', env: { ...process.env, CHROMIUM_PATH: ensureBrowser() } },
)
// A Ctrl-C reaches the child by the terminal; this process waits until it has stopped what it started.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => child.kill('SIGINT'))
child.once('exit', (code, signal) => process.exit(code ?? (signal === null ? 0 : 1)))
