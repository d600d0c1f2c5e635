/** A JSON value in one line: text as it is, the rest as JSON. */
export const valueText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '')

export const isNothing = (outputs: unknown): boolean =>
  outputs === null ||
  outputs === undefined ||
  (typeof outputs === 'object' && Object.keys(outputs).length === 0)
