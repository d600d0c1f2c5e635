import type { NextConfig } from 'next'
import { PHASE_DEVELOPMENT_SERVER } from 'next/constants'

const nosniff = { key: 'x-content-type-options', value: 'nosniff' }
const onPages = [
  { key: 'x-frame-options', value: 'DENY' },
  { key: 'referrer-policy', value: 'same-origin' },
  { key: 'permissions-policy', value: 'camera=(), geolocation=(), microphone=(), payment=()' },
  { key: 'cross-origin-opener-policy', value: 'same-origin' },
  { key: 'x-robots-tag', value: 'noindex, nofollow' },
]
const transportSecurity = { key: 'strict-transport-security', value: 'max-age=31536000; includeSubDomains' }

/** Who may be sent what compress-static.mjs has compressed after the build. */
const understandsBrotli = {
  has: [{ type: 'header' as const, key: 'accept-encoding', value: '(?:.*[ ,])?br(?:[ ,;].*)?' }],
}
const chunks = (endings: string) => `/_next/static/chunks/:file(.+\\.(?:${endings}))`
const brotli = (ending: string, type: string) => ({
  ...understandsBrotli,
  source: chunks(ending),
  headers: [
    { key: 'content-encoding', value: 'br' },
    { key: 'content-type', value: `${type}; charset=utf-8` },
  ],
})
const brotliHeaders = [
  brotli('js', 'application/javascript'),
  brotli('css', 'text/css'),
  { source: chunks('js|css'), headers: [{ key: 'vary', value: 'accept-encoding' }] },
]
const brotliFile = {
  ...understandsBrotli,
  source: chunks('js|css'),
  destination: '/_next/static/chunks/:file.br',
}

const config = (compressed: boolean): NextConfig => ({
  /** Pages get their Content-Security-Policy, which has a nonce, from src/proxy.ts. */
  headers: async () => [
    { source: '/:path*', headers: [nosniff] },
    ...(compressed ? brotliHeaders : []),
    { source: '/((?!_next/static/).*)', headers: onPages },
    {
      source: '/:path*',
      has: [{ type: 'header', key: 'x-forwarded-proto', value: 'https' }],
      headers: [transportSecurity],
    },
    {
      source: '/api/:path*',
      headers: [{ key: 'content-security-policy', value: "default-src 'none'; frame-ancestors 'none'" }],
    },
  ],
  rewrites: async () => ({ beforeFiles: compressed ? [brotliFile] : [], afterFiles: [], fallback: [] }),
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: [
    '@fairlead/api',
    '@fairlead/contracts',
    '@fairlead/db',
    '@fairlead/documents',
    '@fairlead/freeze',
    '@fairlead/hands',
    '@fairlead/identity',
    '@fairlead/insight',
    '@fairlead/inventory',
    '@fairlead/kernel',
    '@fairlead/kube',
    '@fairlead/queue',
    '@fairlead/ui',
    '@fairlead/task-runner',
    '@fairlead/timetable',
    '@fairlead/workflow',
    '@fairlead/workload',
  ],
  serverExternalPackages: [
    'pg',
    '@prisma/adapter-pg',
    'bullmq',
    '@aws-sdk/client-eks',
    '@aws-sdk/client-sts',
    '@aws-crypto/sha256-js',
    '@smithy/signature-v4',
    'ioredis',
    '@kubernetes/client-node',
    'pino',
    'ws',
  ],
})

export default (phase: string): NextConfig => config(phase !== PHASE_DEVELOPMENT_SERVER)
