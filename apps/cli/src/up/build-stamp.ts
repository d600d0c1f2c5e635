import fs from 'node:fs'
import path from 'node:path'

/** What `turbo run build` makes and `up` starts. */
export const outputs = [
  'apps/console/.next',
  'apps/cluster-watcher/dist',
  'apps/workload-worker/dist',
  'apps/workflow-worker/dist',
]

/** One in each output: whichever is deleted is built again. */
const stampOf = (root: string, output: string): string => path.join(root, output, 'fairlead-source')

export const isStamped = (root: string, source: string): boolean =>
  outputs.every((output) => {
    const stamp = stampOf(root, output)
    return fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === source
  })

export function stampOutputs(root: string, source: string): void {
  for (const output of outputs) fs.writeFileSync(stampOf(root, output), source)
}
