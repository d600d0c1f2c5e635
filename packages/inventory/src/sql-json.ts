/**
 * JSON that PostgreSQL accepts as a parameter: it refuses NUL and lone surrogates inside jsonb, and text from a cluster
 * may hold the one, text cut by us the other. JSON.stringify writes both as escapes, so the replacement is on those.
 */
export function sqlJson(value: unknown): string {
  const json = JSON.stringify(value)
  return json.includes('\\u0000') || json.includes('\\ud') ? json.replaceAll(badEscape, '\\ufffd') : json
}
const badEscape = /\\u0000|\\ud[89a-f][0-9a-f]{2}/g
