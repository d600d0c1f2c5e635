/** `region=eu, tier=gold`, with what is wrong in words. */
export function parseLabels(text: string): { labels: Record<string, string>; problem: string | null } {
  const labels: Record<string, string> = {}
  for (const part of text.split(/[,\n]/)) {
    const pair = part.trim()
    if (pair === '') continue
    const at = pair.indexOf('=')
    const key = pair.slice(0, at).trim()
    if (at < 1 || key === '') return { labels, problem: `“${pair}” is not key=value.` }
    if (key.length > 63 || pair.length - at > 64)
      return { labels, problem: `“${key}”: keys and values have at most 63 characters.` }
    labels[key] = pair.slice(at + 1).trim()
  }
  return { labels, problem: null }
}
