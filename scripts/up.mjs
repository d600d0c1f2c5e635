// `npm run up`: install what is missing, then hand over to `fairlead up`, which says what it does.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { ensureInstalled, root } from './install.mjs'

ensureInstalled()
const child = spawn(
  process.execPath,
  // It has next to nothing to do once everything runs, and stays as long: 30 MB less.
  ['--optimize-for-size', path.join(root, 'apps/cli/bin/fairlead.mjs'), 'up', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
)
// A Ctrl-C reaches the child by the terminal; this process only waits until it has stopped everything.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.once('exit', (code, signal) => process.exit(code ?? (signal === null ? 0 : 1)))
