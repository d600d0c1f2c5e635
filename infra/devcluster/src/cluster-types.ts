export const COMPONENT_NAMES = [
  'etcd',
  'apiserver',
  'controller-manager',
  'scheduler',
  'containerd',
  'kubelet',
  'proxy',
  'kwok',
] as const
export type ComponentName = (typeof COMPONENT_NAMES)[number]

/** 'real': containerd, kubelet and kube-proxy run pods (root). 'simulated': kwok plays nodes and pods (no root). */
export type NodesKind = 'real' | 'simulated'

export type ClusterState = 'running' | 'stopped' | 'partial'

export interface ComponentStatus {
  readonly name: ComponentName
  readonly running: boolean
  readonly pid: number | undefined
  /** Name of the node it belongs to; undefined for the control plane. */
  readonly node: string | undefined
}

export interface ClusterInfo {
  readonly name: string
  /** Machine-wide number from which names, ports and addresses derive. */
  readonly index: number
  readonly nodes: NodesKind
  readonly state: ClusterState
  readonly apiServer: string
  readonly adminKubeconfig: string
  /** Not an administrator's: self-contained, one context, the rights of infra/rbac/fairlead-console.yaml. */
  readonly consoleKubeconfig: string
  readonly version: string
  readonly components: readonly ComponentStatus[]
  readonly serviceCidr: string
  readonly podCidr: string
}

export interface CreateOptions {
  readonly nodes: NodesKind
  /** Number of kwok nodes, for nodes: 'simulated'. */
  readonly simulatedNodes?: number
  /** Number of real nodes (1 to 8), for nodes: 'real'. */
  readonly realNodes?: number
  /** A kubeconfig file that names who answers TokenReviews, as EKS has one; native clusters only. */
  readonly tokenWebhook?: string
}

export interface Progress {
  readonly cluster?: string
  readonly step: string
  readonly message: string
  readonly percent?: number
}

export interface MissingPrerequisite {
  readonly what: string
  readonly remedy: string
}

export interface ImageFile {
  /** Absolute path inside the image. */
  readonly path: string
  readonly content?: string | Uint8Array
  readonly sourcePath?: string
  readonly linkTo?: string
  readonly directory?: boolean
  /** Permission bits; 0o644 for files and 0o755 for folders by default. */
  readonly mode?: number
}

export interface DevImage {
  /** With registry and tag, such as localhost/demo-web:1.0.0. */
  readonly reference: string
  readonly files: readonly ImageFile[]
  readonly entrypoint: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly user?: string
}
