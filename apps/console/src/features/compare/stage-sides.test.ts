import { expect, test } from 'vitest'
import { stageSides } from './stage-sides'

test('every target of every stage is a side, in the order of the stages', () => {
  expect(
    stageSides([
      { name: 'staging', clusters: ['staging'], namespace: 'shop' },
      { name: 'production', clusters: ['eu', 'us'], namespace: 'shop' },
    ]),
  ).toEqual([
    { value: 'staging/shop', stage: 'staging' },
    { value: 'eu/shop', stage: 'production' },
    { value: 'us/shop', stage: 'production' },
  ])
})

test('a place that two stages share is one side, of the first of them', () => {
  expect(
    stageSides([
      { name: 'staging', clusters: ['one'], namespace: 'shop' },
      { name: 'production', clusters: ['two', 'one'], namespace: 'shop' },
    ]),
  ).toEqual([
    { value: 'one/shop', stage: 'staging' },
    { value: 'two/shop', stage: 'production' },
  ])
})
