import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { FairleadError } from '@fairlead/contracts/errors'
import type { ClusterConnection } from '../kube-client'
import { readCertificates } from '../pem'

/** The cluster that this process runs in, by what Kubernetes sets in its environment. */
export interface InCluster {
  readonly host: string
  readonly port: number
  /** Where the service account is mounted. Never from anybody's input: what is read there goes to a server. */
  readonly folder: string
}

export const serviceAccountFolder = '/var/run/secrets/kubernetes.io/serviceaccount'

const outside = () =>
  new FairleadError('invalid', 'This process does not run in a cluster, so it has no cluster of its own', {
    path: 'inCluster',
    expected: 'KUBERNETES_SERVICE_HOST in its environment, as every pod has it',
    remedy: 'Register the cluster by kubeconfig, by token or as EKS.',
  })

async function readMounted(place: InCluster, name: 'token' | 'ca.crt'): Promise<string> {
  try {
    return await readFile(path.join(place.folder, name), 'utf8')
  } catch (error) {
    throw new FairleadError(
      'cluster_unauthorized',
      `This pod has no service account mounted: ${name} can't be read`,
      { remedy: 'Give its pod a service account, and leave automountServiceAccountToken on.' },
      { cause: error },
    )
  }
}

/** Read anew for each request: the kubelet renews it every hour, and reading memory costs nothing. */
export async function inClusterToken(place: InCluster | null): Promise<string> {
  if (place === null) throw outside()
  const token = (await readMounted(place, 'token')).trim()
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new FairleadError('cluster_unauthorized', 'The mounted token of the service account is no token')
  return token
}

export const inClusterServer = ({ host, port }: InCluster): string =>
  `https://${host.includes(':') ? `[${host}]` : host}:${port}`

/** Throws `invalid` where the process runs in no cluster. The token stays where it is; only its place is meant. */
export async function connectionInCluster(place: InCluster | null): Promise<ClusterConnection> {
  if (place === null) throw outside()
  const caPem = await readMounted(place, 'ca.crt')
  if (readCertificates(caPem) === null)
    throw new FairleadError('invalid', 'The mounted ca.crt is not a PEM bundle of certificates')
  return {
    server: inClusterServer(place),
    caPem,
    auth: { kind: 'in-cluster' },
    insecureSkipTlsVerify: false,
  }
}
