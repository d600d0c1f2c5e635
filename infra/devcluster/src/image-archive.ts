import { createHash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { arch } from 'node:os'
import type { DevImage, ImageFile } from './cluster-types'
import { writeTar } from './tar-archive'

/** An image of several layers; equal layers are stored once. */
export interface LayeredImage extends Omit<DevImage, 'files'> {
  readonly layers: readonly (readonly ImageFile[])[]
}

/**
 * Writes a `docker load` archive, which containerd imports too.
 * Shape: https://github.com/moby/docker-image-spec (manifest.json, a config per image, uncompressed layers).
 */
export function writeImageArchive(file: string, images: readonly LayeredImage[]): void {
  const entries = new Map<string, Buffer>()
  const layerCache = new Map<readonly ImageFile[], string>()
  const addLayer = (files: readonly ImageFile[]): string => {
    const known = layerCache.get(files)
    if (known) return known
    const tar = writeTar(files)
    const digest = sha256(tar)
    entries.set(`${digest}/layer.tar`, tar)
    layerCache.set(files, digest)
    return digest
  }
  const manifest = images.map((image) => {
    const digests = image.layers.map(addLayer)
    const config = Buffer.from(JSON.stringify(imageConfig(image, digests)))
    const name = `${sha256(config)}.json`
    entries.set(name, config)
    return {
      Config: name,
      RepoTags: [image.reference],
      Layers: digests.map((digest) => `${digest}/layer.tar`),
    }
  })
  entries.set('manifest.json', Buffer.from(JSON.stringify(manifest)))
  const output = openSync(file, 'w', 0o600)
  try {
    const end = Buffer.alloc(1024)
    // One entry at a time: the whole archive needn't be in memory twice.
    for (const [path, content] of entries)
      writeSync(output, writeTar([{ path, content }]).subarray(0, -end.length))
    writeSync(output, end)
  } finally {
    closeSync(output)
  }
}

function imageConfig(image: LayeredImage, digests: readonly string[]) {
  const env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', ...image.env }
  return {
    architecture: arch() === 'x64' ? 'amd64' : arch(),
    os: 'linux',
    created: '1970-01-01T00:00:00Z',
    config: {
      Entrypoint: image.entrypoint,
      Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
      User: image.user ?? '',
      WorkingDir: '/',
    },
    rootfs: { type: 'layers', diff_ids: digests.map((digest) => `sha256:${digest}`) },
    history: digests.map(() => ({ created: '1970-01-01T00:00:00Z', created_by: 'fairlead' })),
  }
}

const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex')
