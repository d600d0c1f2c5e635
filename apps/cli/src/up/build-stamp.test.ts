import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isStamped, outputs, stampOutputs } from './build-stamp'

let root: string
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'fairlead-stamp-'))
  for (const output of outputs) fs.mkdirSync(path.join(root, output), { recursive: true })
})
afterEach(() => fs.rmSync(root, { recursive: true }))

it('is current for the sources it was made of, and for no others', () => {
  expect(isStamped(root, 'a')).toBe(false)
  stampOutputs(root, 'a')
  expect([isStamped(root, 'a'), isStamped(root, 'b')]).toEqual([true, false])
})

it.each(outputs)('is not current once somebody deleted %s', (output) => {
  stampOutputs(root, 'a')
  fs.rmSync(path.join(root, output), { recursive: true })
  expect(isStamped(root, 'a')).toBe(false)
})

it('knows the output of every application that is built', () => {
  const apps = path.resolve(import.meta.dirname, '../../..')
  const built = fs.readdirSync(apps).filter((name) => {
    const file = path.join(apps, name, 'package.json')
    return fs.existsSync(file) && /"build":/.test(fs.readFileSync(file, 'utf8'))
  })
  expect(new Set(outputs.map((output) => output.split('/')[1]))).toEqual(new Set(built))
})
