import { execFileSync } from 'node:child_process'
import type { ImageFile } from './cluster-types'
import type { LayeredImage } from './image-archive'
import { COREDNS_VERSION } from './versions'

export const PAUSE_IMAGE = 'localhost/pause:1'
export const BUSYBOX_IMAGE = 'localhost/busybox:1'
export const COREDNS_IMAGE = `localhost/coredns:${COREDNS_VERSION.slice(1)}`
/** images/web/main.go in three versions; the last one never becomes ready. */
export const DEMO_WEB_IMAGES = [
  'localhost/demo-web:1.0.0',
  'localhost/demo-web:1.1.0',
  'localhost/demo-web:2.0.0-broken',
] as const

const NOBODY = '65532:65532'

export interface ImageSources {
  readonly busybox: string
  readonly pause: string
  readonly coredns: string
  readonly web: string
}

/** The images that every real cluster starts with, so that neither demo nor tests need a registry. */
export function defaultImages(sources: ImageSources): LayeredImage[] {
  const busybox = busyboxLayer(sources.busybox)
  const web: ImageFile[] = [{ path: '/web', sourcePath: sources.web, mode: 0o755 }]
  const demo = (reference: string): LayeredImage => {
    const version = reference.slice(reference.lastIndexOf(':') + 1)
    const env = {
      VERSION: version,
      PORT: '8080',
      ...(version.endsWith('-broken') && { NEVER_READY: 'true' }),
    }
    return { reference, layers: [busybox, web], entrypoint: ['/web'], env, user: NOBODY }
  }
  return [
    {
      reference: PAUSE_IMAGE,
      layers: [[{ path: '/pause', sourcePath: sources.pause, mode: 0o755 }]],
      entrypoint: ['/pause'],
      user: NOBODY,
    },
    { reference: BUSYBOX_IMAGE, layers: [busybox], entrypoint: [] },
    {
      reference: COREDNS_IMAGE,
      layers: [[{ path: '/coredns', sourcePath: sources.coredns, mode: 0o755 }]],
      entrypoint: ['/coredns'],
    },
    ...DEMO_WEB_IMAGES.map(demo),
  ]
}

function busyboxLayer(busybox: string): ImageFile[] {
  const applets = execFileSync(busybox, ['--list'], { encoding: 'utf8' }).trim().split('\n')
  const users = 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65532:65532:nobody:/:/bin/sh\n'
  return [
    { path: '/bin', directory: true },
    { path: '/bin/busybox', sourcePath: busybox, mode: 0o755 },
    ...applets
      .filter((name) => name !== 'busybox')
      .map((name) => ({ path: `/bin/${name}`, linkTo: 'busybox' })),
    { path: '/etc', directory: true },
    { path: '/etc/passwd', content: users },
    { path: '/etc/group', content: 'root:x:0:\nnobody:x:65532:\n' },
    { path: '/root', directory: true, mode: 0o700 },
    { path: '/tmp', directory: true, mode: 0o1777 },
  ]
}
