import { airflowPlace } from '@fairlead/contracts/airflow-place'
import type { AirflowDb } from '@fairlead/db/views'

/** The Airflows that a project was given, as places beside its clusters. */
const airflowDestinationsOf =
  (db: Pick<AirflowDb, 'airflowConnection'>) =>
  async (projectId: string): Promise<readonly { readonly cluster: string; readonly namespace: '*' }[]> => {
    const given = await db.airflowConnection.findMany({
      where: { grants: { some: { projectId } } },
      select: { name: true },
      orderBy: { name: 'asc' },
    })
    return given.map(({ name }) => ({ cluster: airflowPlace(name), namespace: '*' }))
  }

interface Destination {
  readonly cluster: string
  readonly namespace: string
}

/** Clusters and Airflows of a project as one list. */
export const withAirflows =
  (
    db: Pick<AirflowDb, 'airflowConnection'>,
    clustersOf: (projectId: string) => Promise<readonly Destination[]>,
  ) =>
  async (projectId: string): Promise<readonly Destination[]> => {
    const lists = await Promise.all([clustersOf(projectId), airflowDestinationsOf(db)(projectId)])
    return lists.flat()
  }

/** Every connected Airflow: each is heard of while something of ours runs there. */
export const airflowPlaces = async (db: Pick<AirflowDb, 'airflowConnection'>): Promise<readonly string[]> => {
  const all = await db.airflowConnection.findMany({ select: { name: true } })
  return all.map(({ name }) => airflowPlace(name))
}
