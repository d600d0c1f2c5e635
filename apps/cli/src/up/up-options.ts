export interface UpOptions {
  readonly root: string
  readonly home: string
  readonly cache: string
  readonly port: number
  readonly fresh: boolean
  readonly clusters: boolean
  readonly demo: boolean
  readonly databaseUrl?: string
  readonly redisUrl?: string
}
