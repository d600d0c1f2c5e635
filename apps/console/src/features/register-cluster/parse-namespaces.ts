import { maxNamespaces, namespacePattern } from '@fairlead/contracts/watched-namespaces'

/** `checkout, payments`, with what is wrong in words. */
export function parseNamespaces(text: string): { namespaces: string[]; problem: string | null } {
  const namespaces = [...new Set(text.split(/[\s,]+/).filter((name) => name !== ''))]
  const wrong = namespaces.find((name) => !namespacePattern.test(name))
  if (wrong !== undefined) return { namespaces, problem: `“${wrong}” is no name of a namespace.` }
  if (namespaces.length > maxNamespaces)
    return {
      namespaces,
      problem: `At most ${maxNamespaces}; for more, give the credential a right on the whole cluster.`,
    }
  return { namespaces, problem: null }
}
