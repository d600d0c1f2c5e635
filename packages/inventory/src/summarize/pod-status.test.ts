import { describe, expect, it } from 'vitest'
import { podState } from './pod'
import { podWords } from './pod-status'
import { podObject, podZoo } from './pod-zoo'

describe('a pod in kubectl’s words', () => {
  it.each(podZoo.map((shape) => [shape.name, shape] as const))(
    'says of %s what kubectl says',
    (_name, shape) => {
      const words = podWords(podObject(shape))
      expect([words.ready, words.status, String(words.restarts)]).toEqual(shape.expected)
    },
  )

  it('has a zoo of at least 40 shapes with names of their own', () => {
    expect(new Set(podZoo.map((shape) => shape.name)).size).toBe(podZoo.length)
    expect(podZoo.length).toBeGreaterThanOrEqual(40)
  })

  it('names the newest termination, and none for a pod that never restarted', () => {
    const restarted = podZoo.find((shape) => shape.name === 'restarted')
    const running = podZoo.find((shape) => shape.name === 'running')
    expect(restarted && podWords(podObject(restarted)).restartedAt).toBe('2026-01-01T11:00:00.000Z')
    expect(running && podWords(podObject(running)).restartedAt).toBeNull()
  })

  it('survives a status that is no status', () => {
    for (const status of [null, 7, 'text', [], { containerStatuses: 'x', initContainerStatuses: [null] }])
      expect(
        podWords({ ...podObject({ name: 'a', expected: ['', '', ''], status: {} }), status }),
      ).toBeDefined()
  })
})

describe('the group in which cards count a pod', () => {
  it.each([
    ['Running', 'Running', 'running'],
    ['Running', 'NotReady', 'running'],
    ['Running', 'Terminating', 'running'],
    ['Pending', 'ContainerCreating', 'pending'],
    ['Pending', 'Init:1/3', 'pending'],
    ['Pending', 'SchedulingGated', 'pending'],
    ['Pending', 'ImagePullBackOff', 'failing'],
    ['Pending', 'Init:Error', 'failing'],
    ['Running', 'CrashLoopBackOff', 'failing'],
    ['Running', 'Unknown', 'failing'],
    ['Unknown', 'Unknown', 'failing'],
    ['Failed', 'Evicted', 'failing'],
    ['Succeeded', 'Completed', 'completed'],
  ])('of phase %s and status %s is %s', (phase, words, group) => {
    expect(podState(phase, words)).toBe(group)
  })
})
