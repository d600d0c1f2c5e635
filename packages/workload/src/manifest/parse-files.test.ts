import { expect, it } from 'vitest'
import { parseFiles } from './parse-files'

const map = (name: string, namespace?: string) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...(namespace ? { namespace } : {}) },
  })
const file = (name: string, text: string) => ({ name, text })

it('reads every file, in order', () => {
  const objects = parseFiles(
    [file('a.yaml', map('a')), file('b/c.yaml', `${map('b')}\n---\n${map('c')}`)],
    ['shop'],
  )
  expect(objects.map(({ metadata }) => metadata.name)).toEqual(['a', 'b', 'c'])
})

it.each([
  [
    'names the file of what is no object',
    [file('a.yaml', map('a')), file('b.yaml', 'kind: [')],
    'invalid',
    'b.yaml',
  ],
  ['names the file that holds nothing', [file('a.yaml', '# words')], 'invalid', 'a.yaml'],
  [
    'names the file of an object of another namespace',
    [file('a.yaml', map('a', 'other'))],
    'invalid',
    'a.yaml',
  ],
  [
    'refuses an object that two files hold',
    [file('a.yaml', map('a')), file('b.yaml', map('a', 'shop'))],
    'invalid',
    undefined,
  ],
  [
    'refuses more than an application may hold',
    Array.from({ length: 501 }, (_, index) => file(`${index}.yaml`, map(`m${index}`))),
    'too_large',
    undefined,
  ],
] as const)('%s', (_, files, code, name) => {
  try {
    parseFiles(files, ['shop'])
  } catch (error) {
    expect(error).toMatchObject({ code, detail: name === undefined ? {} : { file: name } })
    return
  }
  expect.unreachable()
})
