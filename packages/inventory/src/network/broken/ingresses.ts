import { expired, notYetValid, testCertificate, testKey, validNow } from '@fairlead/kube/test-certificate'
import { pod, service, sound, web, type Broken, type Planted } from './broken'

const path = { kind: 'Ingress', name: 'web' } as const
const address = { loadBalancer: { ingress: [{ ip: '198.51.100.7' }] } }
const to = (name: string, port: object) => ({ service: { name, port } })
const rule = (host: string, more: { path?: string; pathType?: string; backend?: object } = {}) => ({
  host,
  http: {
    paths: [
      {
        path: more.path ?? '/',
        pathType: more.pathType ?? 'Prefix',
        backend: more.backend ?? to('web', { number: 80 }),
      },
    ],
  },
})
const rules = [rule('web.example.org')]

interface IngressShape {
  readonly name?: string
  readonly spec?: object
  /** null: as no controller has touched it. */
  readonly status?: object | null
}

const ingress = (namespace: string, shape: IngressShape = {}): Planted => ({
  manifest: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: shape.name ?? 'web', namespace },
    spec: { ingressClassName: namespace, rules, ...shape.spec },
  },
  ...(shape.status === null ? {} : { status: shape.status ?? address }),
})
/** A class of this set-up's own: what other namespaces claim does not concern it. */
const ingressClass = (namespace: string): Planted => ({
  manifest: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: namespace },
    spec: { controller: 'example.org/ingress' },
  },
})
const behind = (ns: string): readonly Planted[] => [...sound(ns), ingressClass(ns)]
const withRules = (...given: object[]) => ({ spec: { rules: given } })

const key = testKey()
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const secret = (namespace: string, certificate: string, type = 'kubernetes.io/tls'): Planted => ({
  manifest: {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'tls', namespace },
    type,
    data: { 'tls.crt': base64(certificate), 'tls.key': base64(key.keyPem) },
  },
})
const soon = { from: validNow.from, to: new Date(Date.now() + 5 * 86_400_000) }
const longer = { from: validNow.from, to: new Date(Date.now() + 90 * 86_400_000) }
/** The test certificates are for localhost. */
const tls = (host = 'localhost') => ({
  spec: { rules: [rule(host)], tls: [{ hosts: [host], secretName: 'tls' }] },
})

export const brokenIngresses: readonly Broken[] = [
  { name: 'nothing', path, code: null, objects: (ns) => [...behind(ns), ingress(ns)] },
  {
    name: 'no class, and none is the default',
    path,
    code: 'ingress.no_class',
    objects: (ns) => [...sound(ns), ingress(ns, { spec: { ingressClassName: undefined } })],
  },
  {
    name: 'a class that does not exist',
    path,
    code: 'ingress.class_missing',
    objects: (ns) => [...sound(ns), ingress(ns, { spec: { ingressClassName: `${ns}-typo` } })],
  },
  {
    name: 'a class that no controller serves',
    path,
    code: 'ingress.class_unserved',
    words: /example\.org\/ingress/,
    objects: (ns) => [...behind(ns), ingress(ns, { status: null })],
  },
  {
    name: 'no address, though its class is served',
    path,
    code: 'ingress.no_address',
    objects: (ns) => [
      ...behind(ns),
      ingress(ns, { status: null }),
      ingress(ns, { name: 'other', ...withRules(rule('other.example.org')) }),
    ],
  },
  {
    name: 'a Service that does not exist',
    path,
    code: 'ingress.service_missing',
    objects: (ns) => [
      ...behind(ns),
      ingress(ns, withRules(rule('web.example.org', { backend: to('wbe', { number: 80 }) }))),
    ],
  },
  {
    name: 'a Service that does not exist, by default',
    path,
    code: 'ingress.service_missing',
    words: /default backend/,
    objects: (ns) => [...behind(ns), ingress(ns, { spec: { defaultBackend: to('wbe', { number: 80 }) } })],
  },
  {
    name: 'the port of the pod instead of the Service',
    path,
    code: 'ingress.port_missing',
    objects: (ns) => [
      ...behind(ns),
      ingress(ns, withRules(rule('web.example.org', { backend: to('web', { number: 8080 }) }))),
    ],
  },
  {
    name: 'a port name that the Service lacks',
    path,
    code: 'ingress.port_missing',
    objects: (ns) => [
      ...behind(ns),
      ingress(ns, withRules(rule('web.example.org', { backend: to('web', { name: 'grpc' }) }))),
    ],
  },
  {
    name: 'a Service that is not marked public',
    path,
    code: 'ingress.not_public',
    objects: (ns) => [
      pod(ns, 'web-1'),
      service(ns, web, { annotations: { 'fairlead.dev/public': 'false' } }),
      ingressClass(ns),
      ingress(ns),
    ],
  },
  {
    name: 'a path beside those that are marked public',
    path,
    code: 'ingress.not_public',
    words: /\/admin of Service/,
    objects: (ns) => [
      pod(ns, 'web-1'),
      service(ns, web, { annotations: { 'fairlead.dev/public': '/shop' } }),
      ingressClass(ns),
      ingress(ns, withRules(rule('web.example.org', { path: '/admin' }))),
    ],
  },
  {
    name: 'nothing: the path lies below one that is marked public',
    path,
    code: null,
    objects: (ns) => [
      pod(ns, 'web-1'),
      service(ns, web, { annotations: { 'fairlead.dev/public': '/shop, /api' } }),
      ingressClass(ns),
      ingress(ns, withRules(rule('web.example.org', { path: '/api/v1' }))),
    ],
  },
  {
    name: 'a host and path that another Ingress claims',
    path,
    code: 'ingress.duplicate_path',
    words: /other/,
    objects: (ns) => [...behind(ns), ingress(ns), ingress(ns, { name: 'other' })],
  },
  {
    name: 'a pattern where a prefix is meant',
    path,
    code: 'ingress.path_type_wrong',
    objects: (ns) => [
      ...behind(ns),
      ingress(ns, withRules(rule('web.example.org', { path: '/api(/|$)(.*)' }))),
    ],
  },
  {
    name: 'plain HTTP on a host that another Ingress serves with TLS',
    path,
    code: 'ingress.host_without_tls',
    objects: (ns) => [
      ...behind(ns),
      secret(ns, testCertificate(key, longer)),
      ingress(ns, withRules(rule('localhost', { path: '/plain' }))),
      ingress(ns, { name: 'other', ...tls() }),
    ],
  },
  {
    name: 'a TLS Secret that does not exist',
    path,
    code: 'tls.secret_missing',
    objects: (ns) => [...behind(ns), ingress(ns, tls())],
  },
  {
    name: 'a Secret of another type',
    path,
    code: 'tls.secret_wrong_type',
    objects: (ns) => [...behind(ns), secret(ns, 'x', 'Opaque'), ingress(ns, tls())],
  },
  {
    name: 'a Secret without a certificate',
    path,
    code: 'tls.secret_unreadable',
    objects: (ns) => [...behind(ns), secret(ns, 'no certificate'), ingress(ns, tls())],
  },
  {
    name: 'a certificate that has expired',
    path,
    code: 'tls.expired',
    objects: (ns) => [...behind(ns), secret(ns, testCertificate(key, expired)), ingress(ns, tls())],
  },
  {
    name: 'a certificate of the future',
    path,
    code: 'tls.not_yet_valid',
    objects: (ns) => [...behind(ns), secret(ns, testCertificate(key, notYetValid)), ingress(ns, tls())],
  },
  {
    name: 'a certificate that expires soon',
    path,
    code: 'tls.expires_soon',
    objects: (ns) => [...behind(ns), secret(ns, testCertificate(key, soon)), ingress(ns, tls())],
  },
  {
    name: 'a certificate for another host',
    path,
    code: 'tls.host_mismatch',
    words: /not for shop\.example\.org/,
    objects: (ns) => [
      ...behind(ns),
      secret(ns, testCertificate(key, longer)),
      ingress(ns, tls('shop.example.org')),
    ],
  },
  {
    name: 'nothing: a certificate that fits',
    path,
    code: null,
    objects: (ns) => [...behind(ns), secret(ns, testCertificate(key, longer)), ingress(ns, tls())],
  },
]
