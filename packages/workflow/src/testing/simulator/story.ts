import type { Database } from '@fairlead/db/database'
import type { Faults } from '@fairlead/testkit/task-runner/faulty-runner'
import type { EngineSql } from '../../run/engine-deps'
import type { Scene } from './people'
import type { Scenario } from './scenario'

export interface Played {
  readonly seed: number
  /** Null: nothing was wrong. */
  readonly problem: string | null
  readonly trace: readonly string[]
  readonly steps: number
  readonly passes: number
  readonly attempts: number
}

/** The database of one lane: Prisma for the scenery, the engine's own way for the engine. */
export interface House {
  readonly db: Database
  readonly sql: EngineSql
}

/** What is played: by default nothing goes wrong, and nobody does anything. */
export interface Story {
  readonly seed: number
  readonly scenario: Scenario
  /** Steps with faults, crashes and people; then calm until everything is over. */
  readonly stormy: number
  readonly faults: Partial<Faults>
  /** Whether a process is killed at this point, asked at each. */
  readonly killed?: (where: string) => boolean
  /** Asked whenever nothing is left to do at the moment; what it did is something to do. */
  readonly tend?: (scene: Scene, runIds: readonly string[]) => Promise<string | null>
}
