import type { SourceReader } from '@fairlead/contracts/source-reader'
import type { WorkloadDb } from '@fairlead/db/views'
import type { Cipher } from '@fairlead/kernel/cipher'

export interface AutomaticDeploy {
  readonly project: string
  readonly application: string
  readonly release: string
  readonly to: string
  readonly reason: string
}

export interface SourceDeps {
  readonly db: WorkloadDb
  readonly cipher: Cipher
  readonly reader: SourceReader
  /** Through the door, as Fairlead itself: what a person's deploy is refused for, this one is refused for. */
  readonly deploy: (wish: AutomaticDeploy) => Promise<unknown>
  /** 0 to 1. */
  readonly random: () => number
}

export type SourceRow = NonNullable<Awaited<ReturnType<typeof sourceRow>>>

export const sourceRow = ({ db }: Pick<SourceDeps, 'db'>, applicationId: string) =>
  db.applicationSource.findUnique({
    where: { applicationId },
    include: {
      application: { select: { id: true, name: true, projectId: true, document: true, updatedAt: true } },
    },
  })

/** Who makes releases of sources, and asks for their deploys. */
export const sourceActorId = 'source'
