/** What ILIKE takes for "contains this text", wildcards in it meant by their letters. */
export const likePattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, (char) => `\\${char}`)}%`
