import { gatewayApiDefinitions } from '@fairlead/devcluster/gateway-api'

/** The Gateway API's definitions as a cluster's owner would apply them; several test files may, at the same time. */
export const gatewayApi = (): Promise<string[]> =>
  gatewayApiDefinitions({ announce: (message) => void process.stderr.write(`  gateway api: ${message}\n`) })
