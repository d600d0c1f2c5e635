import crypto from 'node:crypto'
import { readinessChecks } from '@fairlead/contracts/checks'
import { FairleadError } from '@fairlead/contracts/errors'
import type { InventoryDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { Actor } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import { loadVisibility } from '../visible'

const dayMs = 86_400_000

interface Place {
  readonly clusterId: string
  readonly namespace: string
}

/** Who may not even see it hears that it isn't there; who may see it hears which right is missing. */
async function assertMayWaive(db: InventoryDb, actor: Actor, place: Place): Promise<void> {
  const { clusterId, namespace } = place
  const seen = await loadVisibility(db, actor)
  if (!seen.sees(clusterId, namespace)) throw notFound('finding')
  const may = await loadVisibility(db, actor, 'check.waive')
  if (!may.sees(clusterId, namespace))
    throw new FairleadError('forbidden', `You may not waive readiness checks in ${namespace}.`, {
      expected: 'the role operator or administrator in a project with this destination (check.waive)',
      remedy: 'An administrator can give you the role under Settings, People.',
    })
}

/** Only what fails now can be waived: a waiver in advance would hide what nobody has looked at. */
export const checkWaive = (db: InventoryDb) =>
  room<InventoryDb>(db).command('check.waive', {
    scope: { kind: 'any' },
    prepare: async (context, input) => {
      const { cluster: clusterId, namespace, kind, name, check } = input
      await assertMayWaive(context.db, context.actor, { clusterId, namespace })
      const finding = await context.db.readinessFinding.findFirst({
        where: { clusterId, namespace, kind, name, check },
      })
      if (finding === null) throw notFound('finding')
      return finding
    },
    run: async (context, input, finding) => {
      const { clusterId, namespace, kind, name, check } = finding
      const id = crypto.randomUUID()
      const expiresAt = new Date(context.now.getTime() + input.days * dayMs)
      await context.tx.checkWaiver.create({
        data: {
          id,
          clusterId,
          namespace,
          kind,
          name,
          check,
          reason: input.reason,
          byId: context.actor.id,
          byName: context.actor.name,
          createdAt: context.now,
          expiresAt,
        },
      })
      context.subject({ kind: 'workload', id: finding.workloadUid, name: `${kind} ${namespace}/${name}` })
      context.note({
        check,
        title: readinessChecks[input.check].title,
        cluster: clusterId,
        reason: input.reason,
        expiresAt: expiresAt.toISOString(),
      })
      return { id, expiresAt: expiresAt.toISOString() }
    },
  })

export const checkWithdraw = (db: InventoryDb) =>
  room<InventoryDb>(db).command('check.withdraw', {
    scope: { kind: 'any' },
    prepare: async (context, input) => {
      const waiver = await context.db.checkWaiver.findUnique({ where: { id: input.waiver } })
      if (waiver === null) throw notFound('waiver')
      await assertMayWaive(context.db, context.actor, waiver)
      return waiver
    },
    run: async (context, _input, waiver) => {
      const { id, kind, namespace, name, check, reason, byName } = waiver
      const ended = await context.tx.checkWaiver.updateMany({
        where: { id, withdrawnAt: null },
        data: { withdrawnAt: context.now },
      })
      if (ended.count === 0) throw new FairleadError('conflict', 'This waiver was withdrawn already.')
      context.subject({ kind: 'waiver', id, name: `${kind} ${namespace}/${name}` })
      context.note({ check, reason, waivedBy: byName })
      return { done: true }
    },
  })
