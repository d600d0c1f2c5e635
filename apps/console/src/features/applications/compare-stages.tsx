'use client'

import type { ApplicationDetail } from '@fairlead/contracts/application'
import { EmptyState } from '@fairlead/ui/empty-state'
import { TextLink } from '@fairlead/ui/text-link'
import { GitCompareArrows } from 'lucide-react'
import { Comparison } from '@/features/compare/comparison'
import { PairPicker } from '@/features/compare/pair-picker'
import { compareHref, parseSide } from '@/features/compare/sides'
import { stageSides } from '@/features/compare/stage-sides'
import { useUrlParams } from '@/features/rollouts/url-param'

/** What the application applied in two of its stages, as the clusters have it now. Without a choice: first and last. */
export function CompareStages({ application: { name, stages } }: { application: ApplicationDetail }) {
  const [params, set] = useUrlParams()
  const sides = stageSides(stages)
  const chosen = (param: string) => sides.find(({ value }) => value === params.get(param))
  const [left, right] = [chosen('left') ?? sides[0], chosen('right') ?? sides.at(-1)]
  const [from, to] = [parseSide(left?.value ?? null), parseSide(right?.value ?? null)]
  if (sides.length < 2 || !left || !right || !from || !to)
    return (
      <EmptyState
        title="There are not two places to compare"
        icon={<GitCompareArrows aria-hidden />}
        className="rounded-lg border border-line bg-surface"
      >
        All stages lead to one cluster and namespace, or to none that is registered.
      </EmptyState>
    )
  const options = sides.map(({ value, stage }) => ({ value, label: `${stage}: ${value}` }))
  return (
    <div className="space-y-3">
      <PairPicker
        names={['left', 'right']}
        labels={['Left stage', 'Right stage']}
        values={[left.value, right.value]}
        options={options}
        onChange={set}
      >
        <TextLink className="text-sm" href={compareHref({ left: from, right: to })}>
          Compare everything in these namespaces
        </TextLink>
      </PairPicker>
      <Comparison left={from} right={to} application={name} />
    </div>
  )
}
