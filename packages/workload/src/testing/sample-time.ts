const start = Date.parse('2026-01-01T12:00:00Z')
export const at = (seconds: number): Date => new Date(start + seconds * 1_000)
