import { X509Certificate } from 'node:crypto'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { recordIn, textIn } from '@fairlead/contracts/loose-json'
import type { KindSummary } from './summarized'

/** What may be known of a certificate without its key: it is shown to everybody who connects. Times are ISO 8601. */
export interface CertificateFacts {
  readonly notBefore: string
  readonly notAfter: string
  /** Names and addresses that it is for. */
  readonly names: readonly string[]
}

/** Never a value: names of keys, and of a TLS Secret what its public certificate says. */
export interface SecretSummary {
  readonly type: string
  readonly keys: readonly string[]
  /** null where there is none that could be read. */
  readonly certificate: CertificateFacts | null
}

export interface ConfigMapSummary {
  readonly keys: readonly string[]
}

const namesIn = (certificate: X509Certificate): readonly string[] => {
  const alternative = certificate.subjectAltName?.split(', ') ?? []
  const names = alternative.flatMap((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1] ?? [])
  if (names.length > 0) return names
  return /^CN=(.+)$/m.exec(certificate.subject)?.slice(1, 2) ?? []
}

export function certificateFacts(encoded: unknown): CertificateFacts | null {
  const pem = Buffer.from(textIn(encoded), 'base64')
  if (pem.length === 0) return null
  try {
    const certificate = new X509Certificate(pem)
    return {
      notBefore: new Date(certificate.validFrom).toISOString(),
      notAfter: new Date(certificate.validTo).toISOString(),
      names: namesIn(certificate),
    }
  } catch {
    return null
  }
}

export function secretFacts(secret: KubeObject): SecretSummary {
  const data = recordIn(secret['data'])
  return {
    type: textIn(secret['type']),
    keys: Object.keys(data).sort(),
    certificate: certificateFacts(data['tls.crt']),
  }
}

/** Upstream: kubernetes/pkg/printers/internalversion printSecret. The values end here. */
export function summarizeSecret(secret: KubeObject): KindSummary {
  const summary = secretFacts(secret)
  return { cells: { Type: summary.type, Data: String(summary.keys.length) }, summary }
}

/** Upstream: printConfigMap. */
export function summarizeConfigMap(config: KubeObject): KindSummary {
  const keys = [...Object.keys(recordIn(config['data'])), ...Object.keys(recordIn(config['binaryData']))]
  const summary: ConfigMapSummary = { keys: keys.sort() }
  return { cells: { Data: String(keys.length) }, summary }
}
