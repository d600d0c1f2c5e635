import type { ArchivedChart } from '@fairlead/contracts/source-document'

export type RegistryChart = Extract<ArchivedChart, { readonly from: 'registry' }>

/** Where a repository of a registry is asked for, by the distribution specification of OCI. */
export interface Endpoint {
  readonly registry: URL
  /** Of the repository in it, such as `team/charts/web`. */
  readonly name: string
}

/** Docker's registry has a name for people and a host that answers. */
const answering = (host: string): string => (host === 'docker.io' ? 'registry-1.docker.io' : host)

export function endpointOf({
  repository,
  chart,
  plainHttp,
}: Pick<RegistryChart, 'repository' | 'chart' | 'plainHttp'>): Endpoint {
  const { host, pathname } = new URL(repository)
  const name = [...pathname.split('/').filter((part) => part !== ''), chart].join('/')
  return { registry: new URL(`${plainHttp ? 'http' : 'https'}://${answering(host)}/`), name }
}

export const urlIn = ({ registry, name }: Endpoint, path: string): URL =>
  new URL(`/v2/${name}/${path}`, registry)

/** A tag can't hold the `+` of a version with build metadata: Helm writes `_` in its place. */
export const tagOf = (version: string): string => version.replaceAll('+', '_')
export const versionOf = (tag: string): string => tag.replaceAll('_', '+')
