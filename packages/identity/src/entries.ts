import type { IdentityDb } from '@fairlead/db/views'
import { invitationEntries } from './entries/invitation'
import { personEntries } from './entries/person'
import { projectEntries } from './entries/project'
import { sessionEntries } from './entries/session'
import { tokenEntries } from './entries/token'

/** Everything of the surface that this room answers. */
export const identityEntries = (deps: { readonly db: IdentityDb }) => ({
  ...sessionEntries(deps.db),
  ...invitationEntries(deps.db),
  ...personEntries(deps.db),
  ...projectEntries(deps.db),
  ...tokenEntries(deps.db),
})
