'use client'

import { hands, type Hand } from '@fairlead/contracts/hand-states'
import { useRights } from '@/features/settings/use-rights'

/**
 * Why a hand can't be used, and who can help; null when it can. Whether the right covers this very namespace only the
 * server knows: it says so when asked.
 */
export function useWhyNot(): (hand: Hand) => string | null {
  const { whyNot } = useRights()
  return (hand) => whyNot(hands[hand].permission, { kind: 'any' })
}
