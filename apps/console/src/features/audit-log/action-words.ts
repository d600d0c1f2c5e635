import type { AuditEntryView } from '@fairlead/contracts/audit'
import type { CommandName } from '@fairlead/contracts/surface'

type ActionName =
  | CommandName
  | 'session.sign_in'
  | 'session.sign_out'
  | 'pod.shellBegun'
  | 'pod.shellEnded'
  | 'drift.seen'
  | 'drift.healed'
  | 'source.released'

/** What was asked for, in words: beside them stands whether it was done. */
const words: Readonly<Record<ActionName, string>> = {
  'session.sign_in': 'Sign in',
  'session.sign_out': 'Sign out',
  'session.changePassword': 'Change the password of',
  'invitation.accept': 'Accept the invitation',
  'person.invite': 'Invite',
  'person.setMemberships': 'Change the roles of',
  'person.disable': 'Disable',
  'project.create': 'Create the project',
  'project.setDestinations': 'Set the destinations of',
  'token.create': 'Create the token',
  'token.revoke': 'Revoke the token',
  'cluster.register': 'Register the cluster',
  'cluster.rotate': 'Rotate the credential of',
  'cluster.setActing': 'Set as whom to act in',
  'cluster.setNamespaces': 'Set the watched namespaces of',
  'cluster.setBudget': 'Set the complexity budget of',
  'cluster.remove': 'Remove the cluster',
  'check.waive': 'Waive a check of',
  'check.withdraw': 'Withdraw the waiver of',
  'workload.scale': 'Scale',
  'workload.restart': 'Restart',
  'object.delete': 'Delete',
  'object.edit': 'Edit',
  'pod.openShell': 'Ask for a shell in',
  'pod.shellBegun': 'Begin a shell in',
  'pod.shellEnded': 'End the shell in',
  'node.cordon': 'Cordon',
  'node.uncordon': 'Uncordon',
  'node.drain': 'Drain',
  'node.cancelDrain': 'Cancel the drain of',
  'freeze.apply': 'Apply the freeze window',
  'freeze.delete': 'Delete the freeze window',
  'exception.ask': 'Ask for an exception for',
  'exception.confirm': 'Confirm the exception for',
  'exception.refuse': 'Refuse the exception for',
  'exception.withdraw': 'Withdraw the exception for',
  'exception.review': 'Review the exception for',
  'application.apply': 'Apply the application',
  'drift.putBack': 'Put back',
  'drift.seen': 'Find a difference in',
  'drift.healed': 'Put back objects of',
  'source.look': 'Look at the source of',
  'source.setHook': 'Make a webhook secret for',
  'source.hook': 'Hear the webhook of',
  'source.released': 'Make a release from the source of',
  'repository.set': 'Set the login for',
  'repository.remove': 'Remove the login for',
  'rollout.deploy': 'Request the rollout',
  'rollout.approve': 'Approve',
  'rollout.reject': 'Reject',
  'rollout.pause': 'Pause',
  'rollout.resume': 'Resume',
  'rollout.promote': 'Promote',
  'rollout.abort': 'Abort',
  'rollout.cancel': 'Cancel',
  'rollout.halt': 'Halt',
  'rollout.rollbackWaves': 'Roll back the waves of',
  'rollout.rollback': 'Roll back',
  'rollout.liftHold': 'Lift the hold of',
  'workflow.apply': 'Apply the workflow',
  'workflow.start': 'Start the workflow',
  'workflow.pause': 'Pause the workflow',
  'workflow.resume': 'Resume the workflow',
  'workflow.backfill': 'Backfill the workflow',
  'run.clear': 'Clear and re-run',
  'run.cancel': 'Cancel the run',
  'run.approve': 'Approve the task of',
  'run.reject': 'Reject the task of',
  'event.send': 'Send the event',
  'pool.apply': 'Apply the pool',
  'airflow.register': 'Connect the Airflow',
  'airflow.rotate': 'Rotate the login of the Airflow',
  'airflow.setProjects': 'Set the projects of the Airflow',
  'airflow.setPodPlaces': 'Set where pods run of the Airflow',
  'airflow.remove': 'Remove the Airflow',
  'airflow.trigger': 'Trigger the DAG',
  'airflow.setPaused': 'Pause the DAG',
  'airflow.clear': 'Clear tasks of the DAG',
  'airflow.markFailed': 'Mark a run failed of the DAG',
  'airflow.answer': 'Answer a task of the DAG',
}

export const actionWords = (action: string): string =>
  (words as Partial<Record<string, string>>)[action] ?? action

/** Everything that can stand in the log. */
export const actionNames: readonly string[] = Object.keys(words)

type Entry = Pick<AuditEntryView, 'action' | 'detail' | 'subject'>

/** What was asked for, whether or not it was done; one action may stand for two. */
export function askedWords({ action, detail }: Entry): string {
  if (action === 'person.disable' && detail['withdrawn'] === true) return 'Withdraw the invitation of'
  if (action === 'person.disable' && detail['disabled'] === false) return 'Enable'
  if (action === 'person.invite' && detail['passwordReset'] === true) return 'Let choose a new password:'
  if (action === 'airflow.setPaused' && detail['paused'] === false) return 'Unpause the DAG'
  return actionWords(action)
}

/** What it was about: a refused sign-in has nothing but an e-mail. */
export function subjectWords({ subject, detail }: Entry): string | null {
  if (subject !== null) return subject.name
  return typeof detail['email'] === 'string' ? detail['email'] : null
}
