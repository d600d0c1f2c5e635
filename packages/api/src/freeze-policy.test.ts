import { freezePolicy } from '@fairlead/contracts/freeze-policy'
import { surface, type CommandName } from '@fairlead/contracts/surface'
import { handsEntryNames } from '@fairlead/hands/entries'
import { describe, expect, it } from 'vitest'

const named = Object.keys(freezePolicy) as CommandName[]
const touching = named.filter((name) => /^(workload|object|pod|node|rollout)\./.test(name))

/** Those that are refused or wait are tried under a window, one by one, in freeze.integration.test.ts. */
describe('what a freeze window means for what touches a cluster', () => {
  it('is said of every hand', () => {
    const hands: readonly string[] = handsEntryNames.filter((name) => surface[name].kind === 'command')
    const said: readonly string[] = touching
    expect(hands.filter((name) => !said.includes(name))).toEqual([])
  })

  it('is nothing for these alone: a new one is added here, with its reason, or asks for its window', () => {
    expect(touching.filter((name) => 'free' in freezePolicy[name])).toEqual([
      'pod.openShell',
      'node.cancelDrain',
      'rollout.approve',
      'rollout.reject',
      'rollout.pause',
      'rollout.resume',
      'rollout.promote',
      'rollout.abort',
      'rollout.cancel',
      'rollout.halt',
      'rollout.rollbackWaves',
      'rollout.liftHold',
    ])
  })
})
