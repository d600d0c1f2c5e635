/** Each once, in order. */
export const namesOf = (namespaces: readonly string[]): readonly string[] => [...new Set(namespaces)].sort()
