import type { AirflowConnections } from '@fairlead/airflow/connections'
import { dagGate } from '@fairlead/airflow/dag-gate'
import { withAirflows } from '@fairlead/airflow/destinations'
import { airflowEntries } from '@fairlead/airflow/entries'
import { createAirflowTaskRunner } from '@fairlead/airflow/task-runner/airflow-task-runner'
import { besideAirflow } from '@fairlead/airflow/task-runner/beside'
import { auditEntries } from '@fairlead/audit-log/entries'
import { stageStandings } from '@fairlead/contracts/stage-gates'
import type { Database } from '@fairlead/db/database'
import { freezeEntries } from '@fairlead/freeze/entries'
import { freezeGate } from '@fairlead/freeze/gate'
import { handsEntries } from '@fairlead/hands/entries'
import { identityEntries } from '@fairlead/identity/entries'
import type { ClusterConnections } from '@fairlead/inventory/connections'
import { clientOfName, destinationsOf } from '@fairlead/inventory/by-cluster-name'
import { inventoryEntries } from '@fairlead/inventory/entries'
import { podSight } from '@fairlead/inventory/pod-sight'
import { waiverSource } from '@fairlead/inventory/waiver-source'
import type { Cipher } from '@fairlead/kernel/cipher'
import type { Entries } from '@fairlead/kernel/door'
import { createKubernetesTaskRunner } from '@fairlead/task-runner/kubernetes-task-runner'
import { workflowEntries } from '@fairlead/workflow/entries'
import { dagOfAttempt, openDagRuns } from '@fairlead/workflow/run/open-dag-runs'
import { workflowStandings } from '@fairlead/workflow/workflow-gate'
import { workloadEntries } from '@fairlead/workload/entries'

interface EntryDeps {
  readonly db: Database
  readonly cipher: Cipher
  readonly connections: ClusterConnections
  readonly airflows: AirflowConnections
  /** For the gates of rollouts that are looked at. */
  readonly gateAirflows: AirflowConnections
}

/** Every room's answers under one roof; a name that no room implements does not compile. */
export const composeEntries = ({ db, cipher, connections, airflows, gateAirflows }: EntryDeps): Entries => ({
  ...identityEntries({ db }),
  ...auditEntries({ db }),
  ...inventoryEntries({ db, cipher, connections }),
  ...airflowEntries({ db, cipher, connections: airflows, pods: podSight(db, connections) }),
  ...freezeEntries({ db }),
  ...handsEntries({ db, clusters: connections, freeze: freezeGate(db) }),
  ...workloadEntries({
    db,
    cipher,
    clusters: connections,
    workflows: stageStandings(
      workflowStandings({ db }),
      dagGate({ db, connections: gateAirflows, clock: () => new Date() }),
    ),
    freeze: freezeGate(db),
    waivers: waiverSource(db),
  }),
  ...workflowEntries({
    db,
    destinationsOf: withAirflows(db, destinationsOf(db)),
    runner: besideAirflow(
      createKubernetesTaskRunner({ clientOf: clientOfName(db, connections) }),
      createAirflowTaskRunner({
        db,
        connections: airflows,
        openRuns: (connection) => openDagRuns(db, connection),
        dagOf: (key) => dagOfAttempt(db, key),
      }),
    ),
  }),
})
