/**
 * The audit log, read: list.ts pages through it, verify.ts recomputes the whole chain, export gives JSON Lines.
 * Entries are written by the kernel's door alone, in the transaction of what they tell.
 */
import type { AuditDb } from '@fairlead/db/views'
import { room, type Entries } from '@fairlead/kernel/door'
import { exportEntries, listEntries } from './list'
import { verifyChain } from './verify'

export function auditEntries(deps: {
  readonly db: AuditDb
}): Pick<Entries, 'audit.list' | 'audit.verify' | 'audit.export'> {
  const { query } = room(deps.db)
  return {
    'audit.list': query('audit.list', { scope: { kind: 'any' }, run: listEntries }),
    'audit.verify': query('audit.verify', {
      scope: { kind: 'any' },
      run: ({ db, signal }) => verifyChain(db, signal),
    }),
    'audit.export': query('audit.export', { scope: { kind: 'any' }, run: exportEntries }),
  }
}
