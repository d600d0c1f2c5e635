const safe = /^[\w./:@%+=-]+$/

/** One word of a command line, quoted where a shell would read more than a word. */
export const shellWord = (word: string): string =>
  safe.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
