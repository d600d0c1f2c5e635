import type { SourceSettings } from '@fairlead/kube/auth/credential-sources'

/** What a process is told by its environment of the credentials that are not stored. */
export const sourceSettings = (env: {
  readonly FAIRLEAD_AWS_ENDPOINT?: string | undefined
  readonly KUBERNETES_SERVICE_HOST?: string | undefined
  readonly KUBERNETES_SERVICE_PORT: number
}): SourceSettings => ({
  awsEndpoint: env.FAIRLEAD_AWS_ENDPOINT,
  inCluster:
    env.KUBERNETES_SERVICE_HOST === undefined
      ? null
      : { host: env.KUBERNETES_SERVICE_HOST, port: env.KUBERNETES_SERVICE_PORT },
})
