export const kept = process.env
