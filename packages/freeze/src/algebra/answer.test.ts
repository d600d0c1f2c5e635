import { frozenWords, together } from '@fairlead/contracts/freeze-gate'
import { describe, expect, it } from 'vitest'
import { answerAt, type ExceptedParty } from './answer'
import type { ScopedRule } from './scope'

const at = (text: string): Date => new Date(`2026-${text}:00Z`)
const window = (name: string, more: Partial<ScopedRule> = {}): ScopedRule => ({
  name,
  mode: 'deny',
  reason: `because of ${name}`,
  running: 'finish',
  times: { kind: 'once', from: at('12-24T00:00').getTime(), until: at('12-28T00:00').getTime() },
  scope: {},
  actions: null,
  ...more,
})
const exception = (expires: string) => ({
  id: 'e',
  requester: 'Ada',
  confirmer: 'Bob',
  reason: 'the shop is down',
  expiresAt: at(expires),
})
const party = (project: string, expires?: string): ExceptedParty => ({
  project,
  application: null,
  exception: expires === undefined ? null : exception(expires),
})
const ask = (windows: readonly ScopedRule[], parties: readonly ExceptedParty[], now = '12-25T12:00') =>
  answerAt(windows, { action: 'scale', cluster: 'eu-1', labels: {}, parties }, at(now))

describe('may it be done now', () => {
  it('no: which window, why, and when it may', () => {
    const answer = ask([window('holidays')], [party('shop')])
    expect(answer).toEqual({
      open: false,
      closedBy: [{ window: 'holidays', mode: 'deny', reason: 'because of holidays' }],
      running: 'finish',
      opensAt: '2026-12-28T00:00:00.000Z',
      opensBecause: 'holidays ends.',
    })
    if (!answer.open)
      expect(frozenWords(answer)).toBe(
        'Frozen: holidays (because of holidays). Opens 2026-12-28 00:00 UTC: holidays ends.',
      )
  })

  it('yes: until when, and what closes it then', () => {
    expect(ask([window('holidays')], [party('shop')], '12-20T00:00')).toEqual({
      open: true,
      until: '2026-12-24T00:00:00.000Z',
      closes: 'holidays',
      heldOpen: null,
    })
  })

  it('what runs is paused where any of the windows says so', () => {
    const windows = [window('a'), window('b', { running: 'pause' })]
    expect(ask(windows, [party('shop')])).toMatchObject({ running: 'pause' })
  })
})

describe('an exception', () => {
  const windows = [window('holidays')]
  it('holds it open for as long as it lasts, and says in spite of what', () => {
    expect(ask(windows, [party('shop', '12-25T13:00')])).toMatchObject({
      open: true,
      until: '2026-12-25T13:00:00.000Z',
      closes: 'the end of its exception',
      heldOpen: { requester: 'Ada', confirmer: 'Bob', closedBy: [{ window: 'holidays' }] },
    })
  })

  it('of one project opens nothing that touches another one too', () => {
    expect(ask(windows, [party('shop', '12-25T13:00'), party('bank')])).toMatchObject({ open: false })
  })

  it('opens it where the others are open anyhow', () => {
    const own = [window('holidays', { scope: { projects: ['shop'] } })]
    expect(ask(own, [party('shop', '12-25T13:00'), party('bank')])).toMatchObject({ open: true })
  })

  it('is not named where nothing is closed', () => {
    expect(ask(windows, [party('shop', '12-29T13:00')], '12-29T12:00')).toMatchObject({ heldOpen: null })
  })
})

describe('several places together', () => {
  const [open, early, late] = [
    ask([], [party('shop')]),
    ask([window('early')], [party('shop')]),
    ask(
      [
        window('late', {
          running: 'pause',
          times: { kind: 'once', from: at('12-24T00:00').getTime(), until: at('12-30T00:00').getTime() },
        }),
      ],
      [party('shop')],
    ),
  ]
  it('are closed where one is, open when the last of them opens, and pause where one does', () => {
    expect(together([open, early])).toEqual(early)
    expect(together([early, late])).toMatchObject({ closedBy: [{ window: 'late' }], running: 'pause' })
    expect(together([{ ...early, running: 'pause' } as typeof early, late])).toMatchObject({
      running: 'pause',
    })
    expect(together([])).toMatchObject({ open: true })
  })
})
