import type { HandsDeps } from '../hands-deps'
import { auditShell, heldForMs, shellOpenerSchema } from './audit-shell'

const mostAtOnce = 100

/** Writes the end of every shell whose console is gone; how many there were. Whoever looks at the same time writes it once. */
export async function endForgottenShells(
  deps: Pick<HandsDeps, 'db'> & { readonly clock: () => Date },
): Promise<number> {
  const shells = await deps.db.shell.findMany({
    where: { checkAt: { lte: deps.clock() } },
    orderBy: { checkAt: 'asc' },
    take: mostAtOnce,
  })
  for (const shell of shells) {
    const opener = shellOpenerSchema.parse(shell.openedBy)
    const heardOf = new Date((shell.checkAt?.getTime() ?? 0) - heldForMs)
    await auditShell(deps, {
      shell,
      opener,
      told: { event: 'forgotten', lastHeardOf: heardOf.toISOString() },
    })
  }
  return shells.length
}

/** The console that holds a shell is still there; false when the shell was taken for forgotten meanwhile. */
export async function stillHolds(
  { db }: Pick<HandsDeps, 'db'>,
  shellId: string,
  now: Date,
): Promise<boolean> {
  const { count } = await db.shell.updateMany({
    where: { id: shellId, checkAt: { not: null } },
    data: { checkAt: new Date(now.getTime() + heldForMs) },
  })
  return count === 1
}
