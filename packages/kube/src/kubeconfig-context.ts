import { entriesOf, errorAt, openFile, type KubeconfigFile, type Place } from './kubeconfig-file'

function selectContext(file: KubeconfigFile, wanted: string | undefined): Place {
  const contexts = entriesOf(file, 'contexts', 'context')
  const names = [...contexts.keys()].slice(0, 50).join(', ')
  if (contexts.size === 0)
    throw errorAt(file, ['contexts'], 'The kubeconfig has no context', { expected: 'one context' })
  if (wanted === undefined && contexts.size > 1)
    throw errorAt(file, ['contexts'], `The kubeconfig has several contexts: ${names}`, {
      found: `${contexts.size} contexts`,
      expected: 'exactly one context',
      remedy: 'Name the context to register.',
    })
  const [only] = contexts.values()
  const context = wanted === undefined ? only : contexts.get(wanted)
  if (context === undefined)
    throw errorAt(file, ['contexts'], `The kubeconfig has no context "${wanted ?? ''}"`, {
      expected: `one of ${names}`,
    })
  return context
}

function referred(file: KubeconfigFile, context: Place, key: 'cluster' | 'user'): Place {
  const name = context.value[key]
  if (typeof name !== 'string' || name === '') throw context.refuse(key, `The context names no ${key}`)
  const found = entriesOf(file, `${key}s`, key).get(name)
  if (found === undefined)
    throw context.refuse(key, `The context names a ${key} that the file does not have`, { found: name })
  return found
}

/** What the wanted context names, or the only one. */
export function contextOf(
  text: string,
  wanted: { readonly context?: string | undefined; readonly fileName?: string | undefined },
): { readonly cluster: Place; readonly user: Place } {
  const file = openFile(text, wanted.fileName)
  const context = selectContext(file, wanted.context)
  return { cluster: referred(file, context, 'cluster'), user: referred(file, context, 'user') }
}
