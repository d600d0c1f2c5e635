/** A message as one of many clusters' words; one that begins with the cluster's name says already whose it is. */
export const ofCluster = (cluster: string, message: string): string =>
  message === cluster || message.startsWith(`${cluster} `) || message.startsWith(`${cluster}: `)
    ? message
    : `${cluster}: ${message}`
