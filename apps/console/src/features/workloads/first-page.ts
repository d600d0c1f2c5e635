import type { WatchedKind } from '@fairlead/contracts/kinds'
import type { InputOf } from '@fairlead/contracts/surface'

/** Enough for the first screen; the rest comes after it, so that thirty thousand rows delay nothing. */
const firstRows = 60

/** Asked by the server for the first paint and by the browser afterwards: both must ask the very same. */
export const firstPage = (kind: WatchedKind): InputOf<'object.list'> => ({ kinds: [kind], limit: firstRows })
