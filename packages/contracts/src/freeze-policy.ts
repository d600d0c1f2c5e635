import type { FrozenAction } from './freeze-actions'
import type { CommandName } from './surface'

interface Refused {
  /** Refused while it is frozen. */
  readonly refused: FrozenAction
}
interface Waits {
  /** May be asked for; nothing of it reaches a cluster before it opens. */
  readonly waits: FrozenAction
}
interface Free {
  /** No window holds for it, and why. */
  readonly free: string
}

const ownData = 'It changes what Fairlead keeps, and no cluster.'
const stops = 'It stops a change; nothing that stops one is ever frozen.'
const decides = 'It decides about a change, which waits for its window all the same.'
const workflows =
  'Workflows are bound by their own schedules: a window freezes what should run where, not batch work.'

/**
 * What a freeze window means for each command: one that is new does not compile before it says so, and tests try every
 * one that is refused or waits.
 */
export const freezePolicy = {
  'session.changePassword': { free: ownData },
  'invitation.accept': { free: ownData },
  'person.invite': { free: ownData },
  'person.setMemberships': { free: ownData },
  'person.disable': { free: ownData },
  'project.create': { free: ownData },
  'project.setDestinations': { free: ownData },
  'token.create': { free: ownData },
  'token.revoke': { free: ownData },
  'cluster.setBudget': { free: ownData },
  'cluster.register': { free: ownData },
  'cluster.rotate': { free: ownData },
  'cluster.setActing': { free: ownData },
  'cluster.setNamespaces': { free: ownData },
  'cluster.remove': { free: ownData },
  'check.waive': { free: ownData },
  'check.withdraw': { free: ownData },
  'workload.scale': { refused: 'scale' },
  'workload.restart': { refused: 'restart' },
  'object.delete': { refused: 'delete' },
  'object.edit': { refused: 'edit' },
  'pod.openShell': {
    free: 'A shell changes nothing that is declared, and is how a freeze is lived through; its begin and end are audited.',
  },
  'node.cordon': { refused: 'cordon' },
  'node.uncordon': { refused: 'uncordon' },
  'node.drain': { refused: 'drain' },
  'node.cancelDrain': { free: stops },
  'freeze.apply': { free: ownData },
  'freeze.delete': { free: ownData },
  'drift.putBack': { waits: 'deploy' },
  'source.look': {
    free: 'It makes a release; a rollout of it waits for its window.',
  },
  'source.setHook': { free: ownData },
  'source.hook': { free: 'It only asks for a look.' },
  'repository.set': { free: ownData },
  'repository.remove': { free: ownData },
  'exception.ask': { free: ownData },
  'exception.confirm': { free: ownData },
  'exception.refuse': { free: ownData },
  'exception.withdraw': { free: ownData },
  'exception.review': { free: ownData },
  'application.apply': { free: 'It declares an application; a rollout of it waits for its window.' },
  'rollout.deploy': { waits: 'deploy' },
  'rollout.approve': { free: decides },
  'rollout.reject': { free: stops },
  'rollout.pause': { free: stops },
  'rollout.resume': { free: 'What goes on then asks for its window first.' },
  'rollout.promote': {
    free: 'It lets a trial that is under way go on; what was begun before a window finishes.',
  },
  'rollout.abort': { free: stops },
  'rollout.cancel': { free: stops },
  'rollout.halt': { free: stops },
  'rollout.rollbackWaves': {
    free: 'It takes back what an unfinished rollout began, as its own failure would; half a release is what a freeze is feared for.',
  },
  'rollout.rollback': { waits: 'rollback' },
  'rollout.liftHold': { free: ownData },
  'workflow.apply': { free: workflows },
  'workflow.start': { free: workflows },
  'workflow.pause': { free: workflows },
  'workflow.resume': { free: workflows },
  'workflow.backfill': { free: workflows },
  'run.clear': { free: workflows },
  'run.cancel': { free: workflows },
  'run.approve': { free: workflows },
  'run.reject': { free: workflows },
  'event.send': { free: workflows },
  'pool.apply': { free: workflows },
  'airflow.register': { free: ownData },
  'airflow.rotate': { free: ownData },
  'airflow.setProjects': { free: ownData },
  'airflow.setPodPlaces': { free: ownData },
  'airflow.remove': { free: ownData },
  'airflow.trigger': { free: workflows },
  'airflow.setPaused': { free: workflows },
  'airflow.clear': { free: workflows },
  'airflow.markFailed': { free: workflows },
  'airflow.answer': { free: workflows },
} as const satisfies Record<CommandName, Refused | Waits | Free>
