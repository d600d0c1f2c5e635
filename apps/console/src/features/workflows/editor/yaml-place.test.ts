import { expect, test } from 'vitest'
import { placeAt } from './yaml-place'

/** `|` marks the cursor. */
const at = (marked: string) => {
  const offset = marked.indexOf('|')
  const { path, kind, word, siblings } = placeAt(marked.replace('|', ''), offset)
  return { path: path.join('.'), kind, word, siblings }
}

test('an empty line asks for a key of the map that its indentation belongs to', () => {
  expect(at('spec:\n  schedule:\n    cron: "0 0 * * *"\n    |')).toEqual({
    path: 'spec.schedule',
    kind: 'key',
    word: '',
    siblings: ['cron'],
  })
  expect(at('spec:\n  schedule:\n    cron: "0 0 * * *"\n  de|').path).toBe('spec')
  expect(at('|')).toMatchObject({ path: '', kind: 'key' })
})

test('after a colon a value is asked for', () => {
  expect(at('spec:\n  schedule:\n    catchup: la|')).toMatchObject({
    path: 'spec.schedule.catchup',
    kind: 'value',
    word: 'la',
  })
})

test('items of a list are known by their dash, on the line of the dash and below it', () => {
  expect(at('spec:\n  tasks:\n    - id: a\n      ne|')).toMatchObject({
    path: 'spec.tasks.*',
    kind: 'key',
    word: 'ne',
    siblings: ['id'],
  })
  expect(at('spec:\n  tasks:\n    - |')).toMatchObject({ path: 'spec.tasks.*', kind: 'key' })
  expect(at('spec:\n  tasks:\n  - id: a\n    retries:\n      ba|').path).toBe('spec.tasks.*.retries')
  expect(at('spec:\n  tasks:\n    - id: a\n    - id: b\n      trigger: no|')).toMatchObject({
    path: 'spec.tasks.*.trigger',
    kind: 'value',
  })
})

test('keys of another item are no siblings', () => {
  expect(at('tasks:\n  - id: a\n    when: x\n  - id: b\n    |\n  - id: c\n    pool: p').siblings).toEqual([
    'id',
  ])
})

test('braces and brackets on one line are followed', () => {
  expect(at('spec:\n  schedule: { cron: "x", catch|')).toEqual({
    path: 'spec.schedule',
    kind: 'key',
    word: 'catch',
    siblings: ['cron'],
  })
  expect(at('spec:\n  schedule: { overlap: s|').path).toBe('spec.schedule.overlap')
  expect(at('tasks:\n  - id: b\n    needs: [a, |')).toMatchObject({ path: 'tasks.*.needs.*', kind: 'value' })
  expect(at('tasks:\n  - retries: { max: 2, backoff: { ini|').path).toBe('tasks.*.retries.backoff')
  expect(at('tasks:\n  - retries: { backoff: { initial: 5s }, |').path).toBe('tasks.*.retries')
})

test('braces of an expression are no map', () => {
  expect(at('tasks:\n  - forEach: "${{ parameters.x }}"\n    |').path).toBe('tasks.*')
})
