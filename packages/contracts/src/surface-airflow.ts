import * as airflow from './airflow'
import * as human from './airflow-human'
import * as pods from './airflow-pods'
import { command, nothing, query, type Done } from './surface-entry'

/** The part of surface.ts that is about Apache Airflow. */
export const airflowSurface = {
  'airflow.list': query<airflow.AirflowConnectionView[]>()('project.view', nothing),
  'airflow.health': query<airflow.AirflowHealth>()('project.view', airflow.airflowConnectionRefSchema),
  'airflow.check': query<airflow.AirflowCheck>()('airflow.manage', airflow.airflowConnectionRefSchema),
  'airflow.register': command<{ id: string; version: string }>()(
    'airflow.manage',
    airflow.registerAirflowSchema,
  ),
  'airflow.rotate': command<Done>()('airflow.manage', airflow.rotateAirflowSchema),
  'airflow.setProjects': command<Done>()('airflow.manage', airflow.setAirflowProjectsSchema),
  'airflow.setPodPlaces': command<Done>()('airflow.manage', pods.setPodPlacesSchema),
  'airflow.remove': command<Done>()('airflow.manage', airflow.removeAirflowSchema),
  'airflow.dags': query<airflow.DagList>()('project.view', airflow.listDagsSchema),
  'airflow.lastRuns': query<airflow.DagLastRuns>()('project.view', airflow.lastRunsSchema),
  'airflow.dag': query<airflow.DagDetail>()('project.view', airflow.dagRefSchema),
  'airflow.runs': query<airflow.DagRunList>()('project.view', airflow.listDagRunsSchema),
  'airflow.grid': query<airflow.DagGrid>()('project.view', airflow.dagGridSchema),
  'airflow.run': query<airflow.DagRunDetail>()('project.view', airflow.dagRunRefSchema),
  'airflow.task': query<airflow.TaskInstanceDetail>()('logs.view', airflow.taskInstanceRefSchema),
  'airflow.tries': query<airflow.TaskTries>()('project.view', airflow.taskInstanceRefSchema),
  'airflow.pods': query<pods.AirflowPods>()('project.view', airflow.taskInstanceRefSchema),
  'airflow.podOrigin': query<pods.PodOriginView>()('inventory.view', pods.podOriginSchema),
  'airflow.logs': query<airflow.AirflowLogs>()('logs.view', airflow.airflowLogsSchema),
  'airflow.importErrors': query<airflow.ImportErrorList>()(
    'project.view',
    airflow.airflowConnectionRefSchema,
  ),
  'airflow.trigger': command<{ run: string; created: boolean }>()('workflow.run', airflow.triggerDagSchema),
  'airflow.setPaused': command<Done>()('run.operate', airflow.setPausedSchema),
  'airflow.planClear': query<airflow.AirflowClearPlan>()('run.operate', airflow.clearDagRunSchema),
  'airflow.clear': command<{ cleared: number }>()('run.operate', airflow.confirmedClearSchema),
  'airflow.markFailed': command<Done>()('run.operate', airflow.dagRunRefSchema),
  'airflow.humanTasks': query<human.HumanTaskList>()('project.view', airflow.airflowConnectionRefSchema),
  'airflow.answer': command<Done>()('run.approve', human.answerHumanTaskSchema),
} as const
