import { pino } from 'pino'

/** Structured, on stdout. What it gets is ids and messages; credentials, cookies and manifests never reach it. */
export const log = pino({ name: 'console', base: null, timestamp: pino.stdTimeFunctions.isoTime })
