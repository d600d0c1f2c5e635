'use client'

import { useState } from 'react'

export interface ClearChoice {
  /** None: the whole run. */
  readonly chosen: readonly string[]
  readonly downstream: boolean
  readonly onlyFailed: boolean
  readonly set: {
    readonly chosen: (chosen: readonly string[]) => void
    readonly downstream: (downstream: boolean) => void
    readonly onlyFailed: (onlyFailed: boolean) => void
  }
}

/** What of a run is to be cleared; at first `tasks`, or what failed of a run that did. */
export function useClearChoice(tasks: readonly string[], failed: boolean): ClearChoice {
  const [chosen, setChosen] = useState(tasks)
  const [downstream, setDownstream] = useState(true)
  const [onlyFailed, setOnlyFailed] = useState(tasks.length === 0 && failed)
  return {
    chosen,
    downstream,
    onlyFailed,
    set: { chosen: setChosen, downstream: setDownstream, onlyFailed: setOnlyFailed },
  }
}
