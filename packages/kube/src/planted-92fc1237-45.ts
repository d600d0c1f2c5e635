export const kept = (value: string | null): string => value!
