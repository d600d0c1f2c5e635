import { away, hostPort, inPool, onNode, requests, type PodShape } from './pod-shape'

/** `says` is the scheduler's text that the case is about. */
export interface SchedulingCase extends PodShape {
  readonly says: string
}

const tolerating = (...tolerations: readonly object[]) => ({ tolerations })
const tainted = 'untolerated taint'
const selector = "didn't match Pod's node affinity/selector"

const taints: readonly SchedulingCase[] = [
  { name: 'taint-none-tolerated', says: tainted, spec: inPool('tainted') },
  {
    name: 'taint-wrong-value',
    says: tainted,
    spec: { ...inPool('tainted'), ...tolerating({ key: 'dedicated', operator: 'Equal', value: 'web' }) },
  },
  {
    name: 'taint-wrong-effect',
    says: tainted,
    spec: {
      ...onNode('tainted-1'),
      ...tolerating({ key: 'dedicated', operator: 'Exists', effect: 'NoExecute' }),
    },
  },
  {
    name: 'taint-one-of-two',
    says: tainted,
    spec: { ...onNode('tainted-2'), ...tolerating({ key: 'dedicated', operator: 'Exists' }) },
  },
  {
    name: 'taint-all-tolerated',
    says: 'Insufficient cpu',
    container: requests({ cpu: '50' }),
    spec: { ...inPool('tainted'), ...tolerating({ operator: 'Exists' }) },
  },
  { name: 'cordon', says: 'unschedulable', spec: inPool('cordoned') },
  {
    name: 'cordon-tolerated',
    says: 'Insufficient memory',
    container: requests({ memory: '1Ti' }),
    spec: {
      ...inPool('cordoned'),
      ...tolerating({ key: 'node.kubernetes.io/unschedulable', operator: 'Exists' }),
    },
  },
]

const nodeAffinity = (...nodeSelectorTerms: readonly object[]) => ({
  affinity: {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
  },
})
const expression = (key: string, operator: string, ...values: string[]) => ({
  matchExpressions: [{ key, operator, ...(values.length === 0 ? {} : { values }) }],
})
const named = (...names: readonly string[]) => ({
  matchFields: names.map((name) => ({ key: 'metadata.name', operator: 'In', values: [name] })),
})

const affinities: readonly SchedulingCase[] = [
  { name: 'selector-none', says: selector, spec: { nodeSelector: { pool: 'imaginary' } } },
  { name: 'affinity-in', says: selector, spec: nodeAffinity(expression('disk', 'In', 'tape', 'hdd')) },
  {
    name: 'affinity-not-in',
    says: selector,
    spec: { ...inPool('plain'), ...nodeAffinity(expression('generation', 'NotIn', '4', '7')) },
  },
  { name: 'affinity-exists', says: selector, spec: nodeAffinity(expression('fpga', 'Exists')) },
  {
    name: 'affinity-absent',
    says: selector,
    spec: nodeAffinity(expression('kubernetes.io/hostname', 'DoesNotExist')),
  },
  { name: 'affinity-greater', says: selector, spec: nodeAffinity(expression('generation', 'Gt', '9')) },
  { name: 'affinity-less', says: selector, spec: nodeAffinity(expression('generation', 'Lt', '4')) },
  {
    name: 'affinity-either',
    says: selector,
    spec: nodeAffinity(expression('disk', 'In', 'tape'), expression('fpga', 'Exists')),
  },
  {
    name: 'affinity-with-selector',
    says: selector,
    spec: { ...onNode('plain-2'), ...nodeAffinity(expression('disk', 'In', 'ssd')) },
  },
  {
    name: 'named-missing',
    says: "didn't satisfy plugin(s) [NodeAffinity]",
    spec: nodeAffinity(named('nowhere')),
  },
  {
    name: 'named-too-small',
    says: 'Insufficient cpu',
    container: requests({ cpu: '3' }),
    spec: nodeAffinity(named('small-1')),
  },
  {
    name: 'named-twice',
    says: 'pod affinity terms conflict',
    spec: nodeAffinity(named('plain-1', 'plain-2')),
  },
]

const ports = "didn't have free ports"
const hostPorts: readonly SchedulingCase[] = [
  { name: 'port-taken', says: ports, container: hostPort(8080), spec: inPool('plain') },
  { name: 'port-udp', says: ports, container: hostPort(9090, { protocol: 'UDP' }), spec: onNode('plain-2') },
  {
    name: 'port-one-address',
    says: ports,
    container: hostPort(8080, { hostIP: '10.9.8.7' }),
    spec: onNode('plain-1'),
  },
  {
    name: 'port-other-address-free',
    says: 'Insufficient cpu',
    container: { ...hostPort(8080, { hostIP: '10.9.8.7' }), ...requests({ cpu: '40' }) },
    spec: onNode('plain-2'),
  },
]

const init = (cpu: string, sidecar = false) => ({
  name: `init-${sidecar ? 'sidecar' : 'once'}`,
  image: 'none',
  ...requests({ cpu }),
  ...(sidecar ? { restartPolicy: 'Always' } : {}),
})

const resources: readonly SchedulingCase[] = [
  { name: 'cpu-everywhere', says: 'Insufficient cpu', container: requests({ cpu: '900' }) },
  {
    name: 'cpu-held',
    says: 'Insufficient cpu',
    container: requests({ cpu: '300m' }),
    spec: onNode('small-1'),
  },
  {
    name: 'memory-held',
    says: 'Insufficient memory',
    container: requests({ memory: '400Mi' }),
    spec: onNode('small-1'),
  },
  {
    name: 'cpu-and-memory',
    says: 'Insufficient memory',
    container: requests({ cpu: '2', memory: '2Gi' }),
    spec: onNode('small-1'),
  },
  { name: 'pods-full', says: 'Too many pods', spec: onNode('small-2') },
  {
    name: 'pods-full-and-cpu',
    says: 'Too many pods',
    container: requests({ cpu: '950m' }),
    spec: onNode('small-2'),
  },
  {
    name: 'scratch-space',
    says: 'Insufficient ephemeral-storage',
    container: requests({ 'ephemeral-storage': '11Gi' }),
    spec: inPool('plain'),
  },
  {
    name: 'device-held',
    says: 'Insufficient example.com/gpu',
    container: requests({ 'example.com/gpu': '2' }),
    spec: inPool('devices'),
  },
  {
    name: 'device-unknown',
    says: 'Insufficient example.com/fpga',
    container: requests({ 'example.com/fpga': '1' }),
  },
  {
    name: 'huge-pages',
    says: 'Insufficient hugepages-2Mi',
    container: requests({ 'hugepages-2Mi': '128Mi', cpu: '10m', memory: '10Mi' }),
    spec: inPool('devices'),
  },
  {
    name: 'init-largest',
    says: 'Insufficient cpu',
    container: requests({ cpu: '100m' }),
    spec: { ...onNode('small-1'), initContainers: [init('300m')] },
  },
  {
    name: 'sidecar-adds',
    says: 'Insufficient cpu',
    container: requests({ cpu: '150m' }),
    spec: { ...onNode('small-1'), initContainers: [init('100m', true)] },
  },
  {
    name: 'overhead-adds',
    says: 'Insufficient cpu',
    container: requests({ cpu: '500m' }),
    spec: { ...onNode('small-2'), runtimeClassName: 'heavy' },
  },
  {
    name: 'pod-as-a-whole',
    says: 'Insufficient cpu',
    container: requests({ cpu: '10m' }),
    spec: { ...onNode('small-1'), resources: { requests: { cpu: '500m' } } },
  },
]

const ranked = (cpu: string, priorityClassName: string): Pick<SchedulingCase, 'container' | 'spec'> => ({
  container: requests({ cpu }),
  spec: { ...inPool('ranked'), priorityClassName },
})

const priorities: readonly SchedulingCase[] = [
  { name: 'rank-not-enough', says: 'Insufficient cpu', ...ranked('1500m', 'high') },
  { name: 'rank-polite', says: 'preemptionPolicy=Never', ...ranked('900m', 'polite') },
  { name: 'rank-lowest', says: 'No preemption victims found', ...ranked('900m', 'low') },
  { name: 'rank-over-the-node', says: 'Preemption is not helpful', ...ranked('3', 'high') },
  {
    name: 'rank-kept-away-by-equals',
    says: 'anti-affinity',
    spec: {
      ...inPool('beside'),
      affinity: { podAntiAffinity: away('hostname', { app: 'web' }) },
    },
  },
]

export const firstCases: readonly SchedulingCase[] = [
  ...taints,
  ...affinities,
  ...hostPorts,
  ...resources,
  ...priorities,
]
