#!/usr/bin/env node
// Prisma "schema-engine" stand-in: speaks the CLI's JSON-RPC-over-stdio protocol, but runs
// the official WebAssembly build of the engine (@prisma/schema-engine-wasm) over @prisma/adapter-pg.
// Used through PRISMA_SCHEMA_ENGINE_BINARY where the native engine cannot be downloaded.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
} from '@prisma/driver-adapter-utils'
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'

const require = createRequire(import.meta.url)
const wasmPath = require
  .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  .replace(/schema_engine_bg\.js$/, 'schema_engine_bg.wasm')
const { values: args, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    datamodels: { type: 'string', multiple: true },
    datasource: { type: 'string' },
    'enabled-preview-features': { type: 'string' },
    'extension-types': { type: 'string' },
    version: { type: 'boolean' },
  },
})
const { instance } = await WebAssembly.instantiate(fs.readFileSync(wasmPath), {
  './schema_engine_bg.js': glue,
})
glue.__wbg_set_wasm(instance.exports)
instance.exports.__wbindgen_start()

if (args.version) {
  console.log(`schema-engine-wasm ${glue.version()}`)
  process.exit(0)
}
const datasource = args.datasource ? JSON.parse(args.datasource) : {}

/** `postgres://…?schema=x` -> pg config + schema (pg ignores unknown query params, Prisma's `schema` is one). */
function pgConfig(url) {
  const u = new URL(url)
  const schema = u.searchParams.get('schema') ?? undefined
  const host = u.searchParams.get('host') ?? decodeURIComponent(u.hostname)
  const ssl = u.searchParams.get('sslmode')
  return {
    schema,
    config: {
      host,
      port: Number(u.port || 5432),
      max: 1,
      user: decodeURIComponent(u.username) || undefined,
      password: decodeURIComponent(u.password) || undefined,
      database: decodeURIComponent(u.pathname.slice(1)) || undefined,
      options: schema ? `-c search_path="${schema}"` : undefined,
      ssl:
        ssl && ssl !== 'disable' && ssl !== 'prefer'
          ? { rejectUnauthorized: ssl.startsWith('verify') }
          : undefined,
    },
  }
}
/** adapter-pg has no mapping for the catalog types the describer selects ("char", name[]); add them. */
const CATALOG_TYPES = {
  18: { oid: 25, type: ColumnTypeEnum.Character },
  1003: { oid: 1009, type: ColumnTypeEnum.TextArray },
}
function withCatalogTypes(conn) {
  const seen = new WeakMap()
  const { performIO, queryRaw } = conn
  conn.performIO = async (query) => {
    const result = await performIO.call(conn, query)
    for (const [i, f] of (result.fields ?? []).entries()) {
      const alt = CATALOG_TYPES[f.dataTypeID]
      if (!alt) continue
      f.dataTypeID = alt.oid
      seen.set(query, [...(seen.get(query) ?? []), [i, alt.type]])
    }
    return result
  }
  conn.queryRaw = async (query) => {
    const result = await queryRaw.call(conn, query)
    for (const [i, type] of seen.get(query) ?? []) result.columnTypes[i] = type
    return result
  }
  // adapter-pg splits scripts on ";" (breaking $$ bodies) and spreads them over the pool. Send the whole script as one
  // simple query instead, as the native engine does: one session, one implicit transaction, Postgres' own error text.
  conn.executeScript = async (script) => {
    try {
      await conn.client.query(script)
    } catch (e) {
      throw new DriverAdapterError({
        kind: 'postgres',
        code: e.code ?? 'XX000',
        severity: e.severity ?? 'ERROR',
        message: e.message,
        detail: e.detail,
        column: e.column,
        hint: e.hint,
      })
    }
  }
  return conn
}
class MigratePg extends PrismaPg {
  #base
  #schema
  constructor(base, schema) {
    super(base, { schema })
    this.#base = base
    this.#schema = schema
  }
  async connect() {
    return withCatalogTypes(await super.connect())
  }
  async connectToShadowDb() {
    const connect = async (cfg) =>
      withCatalogTypes(await new PrismaPg(cfg, { schema: this.#schema }).connect())
    if (datasource.shadowDatabaseUrl) {
      const conn = await connect(pgConfig(datasource.shadowDatabaseUrl).config)
      const s = this.#schema ?? 'public'
      await conn.executeScript(`DROP SCHEMA IF EXISTS "${s}" CASCADE; CREATE SCHEMA "${s}";`)
      return conn
    }
    const database = `prisma_migrate_shadow_db_${crypto.randomUUID()}`
    const admin = new pg.Client(this.#base)
    await admin.connect()
    await admin.query(`CREATE DATABASE "${database}"`)
    const conn = await connect({ ...this.#base, database })
    const dispose = conn.dispose.bind(conn)
    conn.dispose = async () => {
      await dispose()
      await admin.query(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`)
      await admin.end()
    }
    return conn
  }
}

async function cli(command) {
  const fail = (code, message) => {
    // The CLI skips the first stderr line, then parses JSON log lines.
    console.error(
      `\n${JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields: { error_code: code, message } })}`,
    )
    process.exit(1)
  }
  let config
  try {
    ;({ config } = pgConfig(datasource.url))
  } catch (e) {
    fail('P1013', `The provided database string is invalid. ${e.message}`)
  }
  const run = async (database, sql) => {
    const c = new pg.Client({ ...config, database })
    await c.connect()
    try {
      await c.query(sql)
    } finally {
      await c.end()
    }
  }
  try {
    if (command === 'can-connect-to-database') await run(config.database, 'SELECT 1')
    else if (command === 'create-database')
      await run('postgres', `CREATE DATABASE ${pg.escapeIdentifier(config.database)}`)
    else if (command === 'drop-database')
      await run('postgres', `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(config.database)}`)
    else fail('P0000', `unknown command ${command}`)
  } catch (e) {
    if (e.code === '3D000') fail('P1003', `Database \`${config.database}\` does not exist`)
    if (e.code === '28P01' || e.code === '28000')
      fail('P1000', `Authentication failed against the database server at \`${config.host}\``)
    fail('P1001', `Can't reach database server at \`${config.host}:${config.port}\` (${e.message || e.code})`)
  }
  process.exit(0)
}
if (positionals[0] === 'cli') await cli(positionals[1])

const datamodels = (args.datamodels ?? []).map((f) => [f, fs.readFileSync(f, 'utf8')])
let enginePromise
function engine() {
  return (enginePromise ??= (async () => {
    const { config, schema } = pgConfig(datasource.url ?? 'postgresql://localhost:1/none')
    const factory = bindMigrationAwareSqlAdapterFactory(new MigratePg(config, schema))
    const log = (m) => process.env.DEBUG_SCHEMA_ENGINE && console.error(m)
    return glue.SchemaEngine.new({ datamodels: datamodels.length ? datamodels : undefined }, log, factory)
  })())
}
const send = (o) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...o })}\n`)
const pending = new Map()
let printId = 1e6
function print(content) {
  return new Promise((resolve) => {
    const id = ++printId
    pending.set(id, resolve)
    send({ id, method: 'print', params: { content } })
  })
}
const handlers = {
  getDatabaseVersion: async (p) => (await engine()).version(p),
  createDatabase: async () => ({ databaseName: pgConfig(datasource.url).config.database }),
  diff: async (p) => {
    const r = await (await engine()).diff(p)
    if (r.stdout != null) await print(r.stdout.replace(/\n$/, ''))
    return { ...r, stdout: null }
  },
}
let queue = Promise.resolve()
const rl = createInterface({ input: process.stdin })
rl.on('line', (line) => {
  const msg = JSON.parse(line)
  if (pending.has(msg.id) && !msg.method) {
    pending.get(msg.id)()
    pending.delete(msg.id)
    return
  }
  queue = queue.then(async () => {
    try {
      const handler =
        handlers[msg.method] ??
        (async (p) => {
          const e = await engine()
          return e[msg.method](p)
        })
      send({ id: msg.id, result: (await handler(msg.params)) ?? null })
    } catch (e) {
      const data = { is_panic: false, message: e?.message ?? String(e), error_code: e?.code, meta: e?.meta }
      if (process.env.DEBUG_SCHEMA_ENGINE) console.error(e, Object.entries(e ?? {}))
      send({
        id: msg.id,
        error: { code: 4466, message: 'An error happened. Check the data field for details.', data },
      })
    }
  })
})
rl.on('close', () => queue.finally(() => process.exit(0)))
