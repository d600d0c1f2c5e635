import path from 'node:path'
import { defineConfig } from 'prisma/config'

// The native engine is a download; the pinned WebAssembly build from the registry does the same work everywhere.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= path.resolve(
  import.meta.dirname,
  'prisma/engine/schema-engine.mjs',
)

export default defineConfig({
  schema: 'prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://localhost:5432/fairlead' },
})
