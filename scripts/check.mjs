// `npm run check`: format, types, lint, fences, unit tests.
import { checkGroups } from './check-steps.mjs'
import { ensureInstalled } from './install.mjs'
import { runGroups } from './run-steps.mjs'

ensureInstalled()
const results = await runGroups(checkGroups())
process.exitCode = results.every((result) => result.passed) ? 0 : 1
