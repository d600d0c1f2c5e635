import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  COREDNS_VERSION,
  ETCD_VERSION,
  HELM_VERSION,
  KUBERNETES_VERSION,
  KWOK_VERSION,
  REGISTRY_VERSION,
} from './versions'
import type { NodesKind } from './cluster-types'

const PACKAGE_DIR = fileURLToPath(new URL('..', import.meta.url))

export const BINARY_NAMES = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
  'kube-proxy',
  'coredns',
  'pause',
  'web',
  'kwok',
  'kubectl',
  'helm',
  'registry',
] as const
export type BinaryName = (typeof BINARY_NAMES)[number]

export interface Binary {
  readonly name: BinaryName
  /** Below the cache: the name carries what decides the content, so that an upgrade builds anew. */
  readonly file: string
  readonly moduleDir: string
  readonly goPackage: string
  readonly ldflags: string
}

const STRIP = '-s -w'

function kubernetesFlags(): string {
  const [major, minor] = KUBERNETES_VERSION.slice(1).split('.')
  const at = 'k8s.io/component-base/version'
  const values = { gitVersion: KUBERNETES_VERSION, gitMajor: major, gitMinor: minor, gitTreeState: 'clean' }
  return [STRIP, ...Object.entries(values).map(([name, value]) => `-X ${at}.${name}=${value}`)].join(' ')
}

function describe(name: BinaryName): Omit<Binary, 'name'> {
  const module = (folder: string) => join(PACKAGE_DIR, 'modules', folder)
  const versioned = (file: string, folder: string, goPackage: string) => ({
    file,
    moduleDir: module(folder),
    goPackage,
    ldflags: STRIP,
  })
  switch (name) {
    case 'etcd':
      return versioned(`etcd-${ETCD_VERSION}`, 'kubernetes', 'go.etcd.io/etcd/server/v3')
    case 'kwok':
      return versioned(`kwok-${KWOK_VERSION}`, 'kwok', 'sigs.k8s.io/kwok/cmd/kwok')
    case 'helm': {
      const version = `-X helm.sh/helm/v3/internal/version.version=${HELM_VERSION}`
      const built = versioned(`helm-${HELM_VERSION}`, 'helm', 'helm.sh/helm/v3/cmd/helm')
      return { ...built, ldflags: `${STRIP} ${version}` }
    }
    case 'registry':
      return versioned(`registry-${REGISTRY_VERSION}`, 'registry', '.')
    case 'coredns':
      return versioned(`coredns-${COREDNS_VERSION}`, 'coredns', '.')
    case 'pause':
    case 'web': {
      const moduleDir = join(PACKAGE_DIR, 'images')
      const source = readFileSync(join(moduleDir, name, 'main.go'))
      const digest = createHash('sha256').update(source).digest('hex').slice(0, 12)
      return { file: `${name}-${digest}`, moduleDir, goPackage: `./${name}`, ldflags: STRIP }
    }
    default:
      return { ...versioned(name, 'kubernetes', `k8s.io/kubernetes/cmd/${name}`), ldflags: kubernetesFlags() }
  }
}

export const binaryNamed = (name: BinaryName): Binary => ({ name, ...describe(name) })

const CONTROL_PLANE: readonly BinaryName[] = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
]

/** No cluster needs them. */
const ASIDE: readonly BinaryName[] = ['kubectl', 'helm', 'registry']

export function binariesFor(kind: NodesKind | undefined): Binary[] {
  const names =
    kind === 'simulated'
      ? [...CONTROL_PLANE, 'kwok' as const]
      : BINARY_NAMES.filter((name) => !ASIDE.includes(name) && (kind === undefined || name !== 'kwok'))
  return names.map(binaryNamed)
}

export const binDir = (cacheDir: string) => join(cacheDir, 'bin', KUBERNETES_VERSION)
export const binaryPath = (cacheDir: string, name: BinaryName) =>
  join(binDir(cacheDir), binaryNamed(name).file)
