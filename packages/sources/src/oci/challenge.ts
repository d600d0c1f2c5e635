export type Challenge =
  | { readonly scheme: 'basic' }
  | {
      readonly scheme: 'bearer'
      readonly realm: string
      readonly service: string | null
      readonly scope: string | null
    }

interface Said {
  readonly scheme: string
  readonly parameters: Map<string, string>
}

/** A word, and what it is said to be: a quoted text, or another word. Commas divide nothing that matters here. */
const part = /[\s,]*([A-Za-z0-9!#$%&'*+.^_`|~-]+)(?:[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/y

/** How a registry wants to be spoken to, by its `WWW-Authenticate` (RFC 9110): a token that it may use up before a password. */
export function challengeOf(header: string | undefined): Challenge | null {
  const said = challengesIn(header ?? '')
  for (const { scheme, parameters } of said) {
    const realm = parameters.get('realm') ?? ''
    if (scheme !== 'bearer' || realm === '') continue
    const [service = null, scope = null] = [parameters.get('service'), parameters.get('scope')]
    return { scheme, realm, service, scope }
  }
  return said.some(({ scheme }) => scheme === 'basic') ? { scheme: 'basic' } : null
}

function challengesIn(header: string): readonly Said[] {
  const found: Said[] = []
  part.lastIndex = 0
  for (let match = part.exec(header); match !== null; match = part.exec(header)) {
    const [, word = '', quoted, plain] = match
    const value = quoted?.replace(/\\(.)/g, '$1') ?? plain
    if (value === undefined) found.push({ scheme: word.toLowerCase(), parameters: new Map() })
    else found.at(-1)?.parameters.set(word.toLowerCase(), value)
  }
  return found
}
