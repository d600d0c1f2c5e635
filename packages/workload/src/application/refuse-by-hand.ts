import { FairleadError } from '@fairlead/contracts/errors'
import type { SourceDocument } from '@fairlead/contracts/source-document'

/** What comes from a source is changed there, or the next look would undo it. Any release may be deployed again. */
export function refuseByHand(
  { inline }: SourceDocument,
  change: { readonly manifests?: unknown; readonly images?: unknown },
): void {
  if (inline !== undefined || (change.manifests === undefined && change.images === undefined)) return
  throw new FairleadError('invalid', 'The manifests of this application come from its source.', {
    path: 'change',
    found: change.images === undefined ? 'manifests' : 'images',
    expected: 'a release of its source',
    remedy: 'Commit the change there and look again, or deploy one of its releases.',
  })
}
