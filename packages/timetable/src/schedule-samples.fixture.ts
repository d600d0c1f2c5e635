export const zones = [
  'Europe/Kyiv',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'UTC',
  'Africa/Casablanca',
]
export const crons = [
  '30 2 * * *',
  '30 3 * * *',
  '0 2 * * *',
  '15,45 1-3 * * *',
  '*/20 3 * * *',
  '0 * * * *',
  '*/15 * * * *',
  '7 */2 * * *',
  '0 0,12 * * 1-5',
  '59 23 L * *',
  '0 3 * * 0#1',
  '0 6 29 2 *',
  '* 2 * * *',
  '30 0-23 * 10 0',
]
export const schedule = (cron: string, timezone: string) => ({ cron, timezone })
