'use client'

import type { AirflowConnectionView } from '@fairlead/contracts/airflow'
import { permissions, rolesGranting, type Permission } from '@fairlead/contracts/permissions'
import { useQuery } from '@tanstack/react-query'
import { useRights } from '@/features/settings/use-rights'
import { useTRPC } from '@/live/trpc'

/** The connections that the reader sees; none of Airflow is asked for that. */
export const useConnections = () => useQuery(useTRPC().airflow.list.queryOptions({}))

/** What may be done through a connection: a role in one of its projects decides, as in the verb. */
export function useAirflowRights(name: string) {
  const { me, may } = useRights()
  const { data } = useConnections()
  const connection: AirflowConnectionView | undefined = data?.find((each) => each.name === name)
  const whyNot = (permission: Permission): string | null => {
    const passed =
      me === undefined ||
      connection === undefined ||
      may(permission, { kind: 'installation' }) ||
      me.projects.some(
        (project) => connection.projects.includes(project.name) && project.permissions.includes(permission),
      )
    return passed
      ? null
      : `You may not ${permissions[permission]} here: needs the role ${rolesGranting(permission).join(' or ')} (${permission}) in a project that was given ${name}, which an administrator can give.`
  }
  return { connection, whyNot }
}
