import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { ClusterContext } from './control-plane'
import { binaryPath } from './binaries'
import { defaultImages } from './default-images'
import { writeImageArchive, type LayeredImage } from './image-archive'
import { nodePaths } from './node-config'
import { runCommand } from './run-command'
import { waitUntil } from './wait-until'

/** Puts images into the containerd of every node of a running cluster. */
export async function loadImages(context: ClusterContext, images: readonly LayeredImage[]): Promise<void> {
  const folder = join(context.paths.root, 'images')
  mkdirSync(folder, { recursive: true })
  const archive = join(folder, `${process.pid}-${Date.now()}.tar`)
  try {
    writeImageArchive(archive, images)
    for (const node of context.plan.nodes) {
      const { containerdSocket } = nodePaths(context, node)
      await runCommand('ctr', [
        '--address',
        containerdSocket,
        '--namespace',
        'k8s.io',
        'images',
        'import',
        archive,
      ])
    }
  } finally {
    rmSync(archive, { force: true })
  }
}

/** Loads the images of default-images.ts once, and again when their sources changed. */
export async function loadDefaultImages(context: ClusterContext, cacheDir: string): Promise<void> {
  const sources = {
    busybox: existsSync('/bin/busybox') ? '/bin/busybox' : '/usr/bin/busybox',
    pause: binaryPath(cacheDir, 'pause'),
    coredns: binaryPath(cacheDir, 'coredns'),
    web: binaryPath(cacheDir, 'web'),
  }
  const { pause, web, coredns } = sources
  const marker = join(
    context.paths.root,
    ['images', ...[pause, web, coredns].map((path) => basename(path))].join('-'),
  )
  await Promise.all(
    context.plan.nodes.map((node) => containerdAnswers(nodePaths(context, node).containerdSocket)),
  )
  if (existsSync(marker)) return
  await loadImages(context, defaultImages(sources))
  writeFileSync(marker, '')
}

const containerdAnswers = (socket: string) =>
  waitUntil(
    async () => {
      await runCommand('ctr', ['--address', socket, '--connect-timeout', '2s', 'version']).catch(
        (cause: unknown) => {
          throw new Error('not yet', { cause })
        },
      )
      return true
    },
    { what: 'containerd', timeoutMs: 30_000 },
  )
