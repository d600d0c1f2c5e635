import { FairleadError } from '@fairlead/contracts/errors'
import type { ManifestFile } from '@fairlead/contracts/source-reader'
import type { KubeManifest } from '@fairlead/kube/kube-object'
import { maxManifestObjects } from '@fairlead/kube/manifest-load'
import { parseManifests, refuseTwins } from './parse'
import { placeIn } from './place'

const maxBytes = 8 * 1024 * 1024

/** What a source was rendered to → objects; errors name the file of the repository, or the template of the chart. */
export function parseFiles(
  files: readonly ManifestFile[],
  namespaces: readonly string[],
): readonly KubeManifest[] {
  const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
  if (bytes > maxBytes)
    throw new FairleadError(
      'too_large',
      `The manifests are larger than ${maxBytes / 1024 / 1024} MiB together.`,
      {
        found: `${Math.ceil(bytes / 1024 / 1024)} MiB`,
        expected: `at most ${maxBytes / 1024 / 1024} MiB`,
        remedy: 'Split them into several applications.',
      },
    )
  const objects = files.flatMap(({ name, text }) => parseOne(name, text, namespaces))
  if (objects.length > maxManifestObjects)
    throw new FairleadError('too_large', `There are more than ${maxManifestObjects} objects.`, {
      found: `${objects.length} objects`,
      expected: `at most ${maxManifestObjects}`,
      remedy: 'Split them into several applications.',
    })
  for (const namespace of namespaces) refuseTwins(placeIn(objects, namespace))
  return objects
}

function parseOne(name: string, text: string, namespaces: readonly string[]): readonly KubeManifest[] {
  try {
    return parseManifests(text, namespaces, name)
  } catch (error) {
    if (!(error instanceof FairleadError)) throw error
    throw new FairleadError(error.code, error.message, { file: name, ...error.detail })
  }
}
