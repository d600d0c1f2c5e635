import { alwaysOpen, type FreezeAnswer, type FreezeClosed } from '@fairlead/contracts/freeze-gate'
import fc from 'fast-check'
import { at } from './sample-time'

export const aClosedWindow = (running: FreezeClosed['running'] = 'finish'): FreezeClosed => ({
  open: false,
  closedBy: [{ window: 'weekend', mode: 'deny', reason: 'Nobody is on call' }],
  running,
  opensAt: at(600).toISOString(),
  opensBecause: 'weekend ends.',
})

export const anExcepted: FreezeAnswer = {
  open: true,
  until: at(600).toISOString(),
  closes: 'the end of its exception',
  heldOpen: {
    exception: 'e',
    requester: 'Ada',
    confirmer: 'Bob',
    reason: 'the shop is down',
    expiresAt: at(600).toISOString(),
    closedBy: aClosedWindow().closedBy,
  },
}

export const windows = fc.constantFrom<FreezeAnswer>(
  alwaysOpen,
  anExcepted,
  aClosedWindow(),
  aClosedWindow('pause'),
  { ...aClosedWindow(), opensAt: null },
)
