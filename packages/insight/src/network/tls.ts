import type { NetworkFinding, NetworkRef } from '@fairlead/contracts/network'
import { finding } from './finding'
import { few } from './plain'
import type { TlsFacts, World } from './world'

const soonMs = 14 * 24 * 3_600_000
const dayMs = 24 * 3_600_000

/** A wildcard stands for exactly one label. */
export function coversHost(name: string, host: string): boolean {
  const [pattern, wanted] = [name.toLowerCase(), host.toLowerCase()]
  if (!pattern.startsWith('*.')) return pattern === wanted
  const [, ...rest] = wanted.split('.')
  // A wildcard host is served by the same wildcard only.
  return pattern === wanted || (!wanted.startsWith('*.') && rest.join('.') === pattern.slice(2))
}

export interface TlsUse {
  readonly ref: NetworkRef
  readonly namespace: string
  readonly secret: string
  /** Hosts that the certificate has to be for. */
  readonly hosts: readonly string[]
}

export function tlsFindings(world: World, use: TlsUse): readonly NetworkFinding[] {
  const { ref, namespace, secret, hosts } = use
  const place = `${namespace}/${secret}`
  const facts = world.secretOf(namespace, secret)
  if (facts === 'unknown')
    return [
      finding('tls.unknown', ref, {
        words: `Whether Secret ${place} is there and holds a certificate for ${hosts.length === 0 ? 'its hosts' : few(hosts)} is not known here.`,
        fix: 'To have it watched, apply infra/rbac/fairlead-console-secrets.yaml to the cluster, after reading what it allows.',
      }),
    ]
  if (facts === 'missing')
    return [
      finding('tls.secret_missing', ref, {
        words: `It names TLS Secret ${place}, which does not exist.`,
        fix: `Create it: kubectl -n ${namespace} create secret tls ${secret} --cert=… --key=…, or mend the issuer that should have.`,
      }),
    ]
  if (facts.type !== 'kubernetes.io/tls')
    return [
      finding('tls.secret_wrong_type', ref, {
        words: `Secret ${place} is of type ${facts.type || 'Opaque'}, not kubernetes.io/tls.`,
        fix: 'Create it anew with kubectl create secret tls; the type of a Secret can not be changed.',
      }),
    ]
  return certificateFindings(world, use, facts)
}

function certificateFindings(world: World, use: TlsUse, facts: TlsFacts): readonly NetworkFinding[] {
  const { ref, hosts } = use
  const place = `${use.namespace}/${use.secret}`
  const { certificate } = facts
  if (certificate === null)
    return [
      finding('tls.secret_unreadable', ref, {
        words: `tls.crt of Secret ${place} is not a certificate in PEM.`,
        fix: 'Store the certificate, then its chain, in PEM under tls.crt.',
      }),
    ]
  const uncovered = hosts.filter((host) => !certificate.names.some((name) => coversHost(name, host)))
  return [
    ...validity(world.now, use, certificate),
    ...(uncovered.length === 0
      ? []
      : [
          finding('tls.host_mismatch', ref, {
            words: `The certificate in ${place} is for ${few(certificate.names) || 'no name'}, not for ${few(uncovered)}.`,
            fix: `Issue a certificate whose subject alternative names include ${few(uncovered)}.`,
          }),
        ]),
  ]
}

function validity(
  now: Date,
  { ref, namespace, secret }: TlsUse,
  { notBefore, notAfter }: { readonly notBefore: string; readonly notAfter: string },
): readonly NetworkFinding[] {
  const place = `${namespace}/${secret}`
  const left = Date.parse(notAfter) - now.getTime()
  const renew = 'Renew it, or see why its issuer did not.'
  if (left <= 0)
    return [
      finding('tls.expired', ref, {
        words: `The certificate in ${place} expired at ${notAfter}.`,
        fix: renew,
      }),
    ]
  if (Date.parse(notBefore) > now.getTime())
    return [
      finding('tls.not_yet_valid', ref, {
        words: `The certificate in ${place} is valid from ${notBefore} only.`,
        fix: 'Wait until then, or issue one that is valid now; see whether a clock is wrong.',
      }),
    ]
  if (left > soonMs) return []
  const days = Math.floor(left / dayMs)
  return [
    finding('tls.expires_soon', ref, {
      words: `The certificate in ${place} expires ${days === 0 ? 'within a day' : `in ${days} days`}, at ${notAfter}.`,
      fix: renew,
    }),
  ]
}
