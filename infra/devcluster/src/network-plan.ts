import { DevclusterError } from './devcluster-error'

/** Root and others keep separate registries: separate indexes too, so that the two never meet. */
export const ROOT_INDEXES = { first: 0, count: 40 } as const
export const USER_INDEXES = { first: 40, count: 24 } as const
export const MAX_REAL_NODES = 8

const PORT_BASE = 26_000
const PORTS_PER_CLUSTER = 20

export interface NodePlan {
  readonly name: string
  readonly ordinal: number
  readonly netns: string
  readonly veth: string
  readonly address: string
  readonly podCidr: string
  readonly cgroup: string
  /** Below /run, short: a Unix socket's path may take 107 bytes. */
  readonly runDir: string
}

export interface NetworkPlan {
  readonly ports: {
    readonly apiserver: number
    readonly etcdClient: number
    readonly etcdPeer: number
    readonly controllerManager: number
    readonly scheduler: number
    readonly kwok: number
  }
  readonly bridge: string
  readonly hostAddress: string
  readonly nodeCidr: string
  readonly podCidr: string
  readonly serviceCidr: string
  readonly apiServiceAddress: string
  readonly dnsAddress: string
  readonly runDir: string
  readonly nodes: readonly NodePlan[]
}

/**
 * Everything that could clash on one machine, from the index alone. Nodes 10.219.I.0/24, pods a /20 of 10.220.0.0/14
 * (one /24 per node), Services a /20 of 10.224.0.0/14: ranges seldom used by offices and clouds.
 */
export function planNetwork(name: string, index: number, realNodes: number): NetworkPlan {
  if (!Number.isInteger(index) || index < 0 || index > 63) {
    throw new DevclusterError('INVALID_ARGUMENT', `cluster index ${index} is outside 0 to 63`)
  }
  const port = PORT_BASE + index * PORTS_PER_CLUSTER
  const second = Math.floor(index / 16)
  const third = (index % 16) * 16
  const service = `10.${224 + second}.${third}`
  const runDir = `/run/fairlead-devcluster/${index}`
  return {
    ports: {
      apiserver: port,
      etcdClient: port + 1,
      etcdPeer: port + 2,
      controllerManager: port + 3,
      scheduler: port + 4,
      kwok: port + 5,
    },
    bridge: `fl${index}`,
    hostAddress: `10.219.${index}.1`,
    nodeCidr: `10.219.${index}.0/24`,
    podCidr: `10.${220 + second}.${third}.0/20`,
    serviceCidr: `${service}.0/20`,
    apiServiceAddress: `${service}.1`,
    dnsAddress: `${service}.10`,
    runDir,
    nodes: Array.from({ length: realNodes }, (_, offset) => {
      const ordinal = offset + 1
      return {
        name: `${name}-node-${ordinal}`,
        ordinal,
        netns: `fairlead-${index}-${ordinal}`,
        veth: `fl${index}n${ordinal}`,
        address: `10.219.${index}.${1 + ordinal}`,
        podCidr: `10.${220 + second}.${third + ordinal - 1}.0/24`,
        cgroup: `fairlead-${index}-${ordinal}`,
        runDir: `${runDir}/n${ordinal}`,
      }
    }),
  }
}
