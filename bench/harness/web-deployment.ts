export interface WebOptions {
  /** Of localhost/demo-web. */
  readonly version: '1.0.0' | '1.1.0' | '2.0.0-broken'
  readonly replicas?: number
  readonly progressDeadlineSeconds?: number
  readonly annotations?: Readonly<Record<string, string>>
  /** Of the pods: another value makes another template. */
  readonly podAnnotations?: Readonly<Record<string, string>>
}

/** The demo's Deployment without the pauses that make it pretty to watch. JSON, which is YAML. */
export function webDeployment(options: WebOptions): string {
  const { version, replicas = 3, progressDeadlineSeconds = 120, annotations = {} } = options
  const { podAnnotations } = options
  const labels = { app: 'web' }
  const container = {
    name: 'web',
    image: `localhost/demo-web:${version}`,
    imagePullPolicy: 'IfNotPresent',
    ports: [{ name: 'http', containerPort: 8080 }],
    readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 1 },
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
  }
  return JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels, annotations },
    spec: {
      replicas,
      minReadySeconds: 0,
      progressDeadlineSeconds,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, ...(podAnnotations ? { annotations: podAnnotations } : {}) },
        spec: { terminationGracePeriodSeconds: 2, containers: [container] },
      },
    },
  })
}
