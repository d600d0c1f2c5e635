import { describe, expect, it } from 'vitest'
import { episodeStep, type Standing } from './episode-step'

const at = (state: Standing['state'], generation = 1): Standing => ({ state, generation, message: 'words' })

describe('an episode', () => {
  it.each([
    ['nothing for a workload first seen converged', null, at('converged'), undefined],
    ['open for one first seen on its way', null, at('progressing'), 'open'],
    ['open when it departs from converged', at('converged'), at('degraded'), 'open'],
    ['open when it is changed', at('converged'), at('unproven', 2), 'open'],
    ['a flash when it is changed and converged at once', at('converged'), at('converged', 2), 'flash'],
    ['close when it converges', at('progressing'), at('converged'), 'close'],
    ['close when it converges on another generation', at('progressing'), at('converged', 2), 'close'],
    ['nothing while it goes on', at('progressing'), at('degraded'), undefined],
    ['nothing while it is changed again', at('progressing'), at('progressing', 2), undefined],
    ['nothing while it stays', at('converged'), at('converged'), undefined],
  ] as const)('is %s', (_name, before, after, kind) => {
    expect(episodeStep(before, after)?.kind).toBe(kind)
  })
})
