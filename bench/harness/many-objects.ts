const groups = 40

const labels = (name: string) => ({ 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'shop' })

function deployment(name: string, version: number): unknown {
  const container = {
    name: 'web',
    image: `registry.example/${name}:${version}`,
    env: Array.from({ length: 12 }, (_, at) => ({ name: `SETTING_${at}`, value: `value-of-${name}-${at}` })),
    ports: [{ name: 'http', containerPort: 8080 }],
    readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '32Mi' } },
  }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: labels(name) },
    spec: {
      replicas: 1,
      selector: { matchLabels: { 'app.kubernetes.io/name': name } },
      template: {
        metadata: { labels: labels(name) },
        spec: { serviceAccountName: name, containers: [container] },
      },
    },
  }
}

const service = (name: string): unknown => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, labels: labels(name) },
  spec: {
    selector: { 'app.kubernetes.io/name': name },
    ports: [{ name: 'http', port: 80, targetPort: 'http' }],
  },
})
const account = (name: string): unknown => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, labels: labels(name) },
})
const configMap = (name: string, content: string): unknown => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, labels: labels(name) },
  data: Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`key-${at}`, `${content} of ${name}`])),
})

/** Five objects for each of forty services; of them the Deployment and one ConfigMap change with the version. */
export const manyObjects = (version: number): string =>
  Array.from({ length: groups }, (_, index) => `service-${String(index + 1).padStart(2, '0')}`)
    .flatMap((name) => [
      account(name),
      configMap(`${name}-fixed`, 'always'),
      configMap(`${name}-settings`, `version ${version}`),
      service(name),
      deployment(name, version),
    ])
    .map((object) => JSON.stringify(object))
    .join('\n---\n')

export const objectCount = groups * 5
/** Of one version against the one before. */
export const changedCount = groups * 2
