'use client'

import { hands, type Hand } from '@fairlead/contracts/hand-states'
import { permissions, rolesGranting } from '@fairlead/contracts/permissions'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/live/trpc'

/**
 * Why a hand can't be used, and who can help; null when it can. Whether the right covers this very namespace only the
 * server knows: it says so when asked.
 */
export function useWhyNot(): (hand: Hand) => string | null {
  const { data: me } = useQuery(useTRPC().session.me.queryOptions({}))
  return (hand) => {
    const { permission } = hands[hand]
    const held =
      me?.permissions.includes(permission) || me?.projects.some((one) => one.permissions.includes(permission))
    if (me === undefined || held === true) return null
    return `You may not ${permissions[permission]}: needs the role ${rolesGranting(permission).join(' or ')} (${permission}), which an administrator can give.`
  }
}
