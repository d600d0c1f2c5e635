import { createDevclusters } from '@fairlead/devcluster/devcluster'
import os from 'node:os'

/** The real programs, built into the cache where they are missing. */
export function ensureRenderers(): Promise<{ readonly helm: string; readonly kubectl: string }> {
  const devclusters = createDevclusters({
    home: os.tmpdir(),
    onProgress: ({ message }) => void process.stderr.write(`  renderers: ${message}\n`),
  })
  return devclusters.ensureRenderers()
}
