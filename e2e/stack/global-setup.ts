import { startStack } from './stack'

/** Returns the tear-down. The stories find the stack by the file that FAIRLEAD_E2E_STACK names. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  if (process.env['FAIRLEAD_E2E_STACK'] !== undefined) return async () => undefined
  const stack = await startStack()
  process.env['FAIRLEAD_E2E_STACK'] = stack.file
  return stack.stop
}
