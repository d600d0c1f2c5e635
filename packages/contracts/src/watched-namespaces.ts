// Apart from cluster.ts because browsers need this and must not pay for the schemas.

/** Each namespace is watched kind by kind, with a connection for each: beyond this a right on the cluster is better. */
export const maxNamespaces = 20
export const namespacePattern = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/
