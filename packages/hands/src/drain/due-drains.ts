import type { HandsDb } from '@fairlead/db/views'

/** Drains whose next look has come, oldest first: what a lost bell, a crash or the clock left to do. */
export async function dueDrains(db: Pick<HandsDb, 'drain'>, now: Date): Promise<readonly string[]> {
  const rows = await db.drain.findMany({
    where: { state: 'running', checkAt: { lte: now } },
    orderBy: { checkAt: 'asc' },
    select: { id: true },
    take: 200,
  })
  return rows.map(({ id }) => id)
}
