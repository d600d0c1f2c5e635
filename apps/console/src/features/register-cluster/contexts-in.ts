/**
 * Names of a kubeconfig's contexts, good enough to offer a choice; the server parses for real.
 * Understands block YAML as kubectl writes it, and JSON.
 */
export function contextsIn(text: string): { names: string[]; current: string | null } {
  const current = /^[\s{]*(?:.*,)?\s*"?current-context"?:\s*["']?([^"'\n,}]*)/m.exec(text)?.[1]?.trim() ?? ''
  const names = text.trimStart().startsWith('{') ? fromJson(text) : fromYaml(text)
  return { names, current: names.includes(current) ? current : null }
}

function fromJson(text: string): string[] {
  try {
    const file = JSON.parse(text) as { contexts?: { name?: unknown }[] }
    return (file.contexts ?? []).flatMap(({ name }) => (typeof name === 'string' ? [name] : []))
  } catch {
    return []
  }
}

function fromYaml(text: string): string[] {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => /^contexts:\s*$/.test(line))
  if (start < 0) return []
  const rest = lines.slice(start + 1)
  const end = rest.findIndex((line) => /^[^\s#-]/.test(line))
  const block = end < 0 ? rest : rest.slice(0, end)
  return block.flatMap((line) => {
    const name = /^\s*(?:-\s+)?name:\s*["']?(.+?)["']?\s*$/.exec(line)?.[1]
    return name === undefined ? [] : [name]
  })
}
