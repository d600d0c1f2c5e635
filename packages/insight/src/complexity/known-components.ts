/** A workload of the cluster, by what tells components apart: its name and its images. */
export interface SeenWorkload {
  readonly kind: string
  readonly namespace: string
  readonly name: string
  /** Image references. */
  readonly images: readonly string[]
}

export type ComponentRole = 'cni' | 'kube-proxy' | 'mesh' | 'ingress' | 'gitops'

interface Known {
  readonly role: ComponentRole
  readonly name: string
  /** The last part of the image's repository, without registry, tag or digest. */
  readonly images: readonly string[]
}

/** Told by their images: names and namespaces are whoever installed them liked. One entry per product and role. */
const known: readonly Known[] = [
  { role: 'cni', name: 'Calico', images: ['calico/node'] },
  { role: 'cni', name: 'Cilium', images: ['cilium/cilium'] },
  { role: 'cni', name: 'Flannel', images: ['flannel/flannel', 'coreos/flannel', 'flannel-io/flannel'] },
  { role: 'cni', name: 'Weave Net', images: ['weaveworks/weave-kube', 'weave-kube'] },
  { role: 'cni', name: 'Amazon VPC CNI', images: ['amazon-k8s-cni'] },
  { role: 'cni', name: 'Antrea', images: ['antrea/antrea-agent-ubuntu', 'antrea/antrea-ubuntu'] },
  { role: 'cni', name: 'kube-router', images: ['cloudnativelabs/kube-router'] },
  { role: 'cni', name: 'OVN-Kubernetes', images: ['ovn-kubernetes', 'ovn-kube-u', 'ovn-kube-f'] },
  { role: 'cni', name: 'Kube-OVN', images: ['kubeovn/kube-ovn'] },
  { role: 'cni', name: 'kindnet', images: ['kindnetd'] },
  { role: 'kube-proxy', name: 'kube-proxy', images: ['kube-proxy'] },
  { role: 'mesh', name: 'Istio', images: ['istio/pilot', 'pilot'] },
  { role: 'mesh', name: 'Linkerd', images: ['linkerd/controller'] },
  { role: 'mesh', name: 'Consul', images: ['hashicorp/consul-k8s-control-plane'] },
  { role: 'mesh', name: 'Kuma', images: ['kumahq/kuma-cp', 'kong/kuma-cp', 'kuma-cp'] },
  { role: 'mesh', name: 'Traefik Mesh', images: ['traefik/mesh'] },
  { role: 'ingress', name: 'ingress-nginx', images: ['ingress-nginx/controller'] },
  { role: 'ingress', name: 'NGINX Ingress', images: ['nginx/nginx-ingress'] },
  { role: 'ingress', name: 'Traefik', images: ['traefik', 'library/traefik'] },
  { role: 'ingress', name: 'HAProxy', images: ['haproxytech/kubernetes-ingress', 'haproxy-ingress'] },
  { role: 'ingress', name: 'Contour', images: ['projectcontour/contour'] },
  { role: 'ingress', name: 'Kong', images: ['kong/kubernetes-ingress-controller'] },
  { role: 'ingress', name: 'Ambassador', images: ['emissaryingress/emissary'] },
  { role: 'ingress', name: 'AWS Load Balancer Controller', images: ['aws-load-balancer-controller'] },
  { role: 'gitops', name: 'Argo CD', images: ['argoproj/argocd'] },
  { role: 'gitops', name: 'Flux', images: ['fluxcd/kustomize-controller', 'fluxcd/helm-controller'] },
  { role: 'gitops', name: 'Fleet', images: ['rancher/fleet-agent', 'rancher/fleet'] },
  { role: 'gitops', name: 'Config Sync', images: ['config-sync', 'nomos'] },
]

/** `quay.io/cilium/cilium:v1.18@sha256:…` → `quay.io/cilium/cilium`. */
const repositoryOf = (image: string): string => image.replace(/@.*$/, '').replace(/:[^:/]*$/, '')

const isOf = (image: string, wanted: string): boolean => {
  const repository = repositoryOf(image)
  return repository === wanted || repository.endsWith(`/${wanted}`)
}

export interface FoundComponent {
  readonly role: ComponentRole
  readonly name: string
  readonly workload: SeenWorkload
}

/** Products of the cluster, each once per role, with the workload that gave it away. */
export function componentsIn(workloads: readonly SeenWorkload[]): readonly FoundComponent[] {
  return known.flatMap(({ role, name, images }) => {
    const workload = workloads.find((each) =>
      each.images.some((image) => images.some((wanted) => isOf(image, wanted))),
    )
    return workload === undefined ? [] : [{ role, name, workload }]
  })
}
