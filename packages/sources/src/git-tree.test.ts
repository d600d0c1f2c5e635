import { describe, expect, it } from 'vitest'
import { followLinks, isBelow, parseTree, plainFolder } from './git-tree'

const id = 'a'.repeat(40)
const line = (path: string, mode = '100644', bytes = '12') => `${mode} blob ${id}    ${bytes}\t${path}\0`

describe('the listing of a commit', () => {
  it('is its files with their sizes, whatever their names hold', () => {
    const entries = parseTree(
      line('a b/ü.yaml') + line('link', '120000') + `160000 commit ${id}       -\tmodule\0`,
    )
    expect(entries).toEqual([
      { mode: '100644', kind: 'blob', id, bytes: 12, path: 'a b/ü.yaml' },
      { mode: '120000', kind: 'blob', id, bytes: 12, path: 'link' },
      { mode: '160000', kind: 'commit', id, bytes: 0, path: 'module' },
    ])
  })

  it.each([
    '../out',
    'a/../../out',
    '/etc/passwd',
    'a//b',
    './a',
    '.git/hooks/post-checkout',
    'a/.GIT/config',
    'a\\b',
  ])('that holds %j is refused as a whole', (path) => {
    expect(() => parseTree(line('good.yaml') + line(path))).toThrow(/leads out of it/)
  })
})

describe('a symbolic link', () => {
  const tree = parseTree(
    line('deploy/a.yaml') +
      line('shared/b.yaml') +
      line('deploy/link', '120000') +
      line('deploy/second', '120000'),
  )
  const follow = (target: string, strict = true) =>
    followLinks(
      tree,
      tree.filter(({ path }) => path === 'deploy/link'),
      { targetOf: () => target, strict: () => strict },
    )

  it.each([
    ['a.yaml', 'deploy/a.yaml'],
    ['../shared/b.yaml', 'shared/b.yaml'],
    ['./../deploy/a.yaml', 'deploy/a.yaml'],
  ])('to %s is that file', (target, path) => {
    expect(follow(target).get('deploy/link')?.path).toBe(path)
  })

  it.each([
    '/etc/passwd',
    '../../etc/passwd',
    '../../../../etc/passwd',
    'nowhere',
    '../shared',
    'second',
    'second/../a.yaml/..',
    '',
  ])('to %j is refused below the path, and left out elsewhere', (target) => {
    expect(() => follow(target)).toThrow(/symbolic link/)
    expect(follow(target, false).size).toBe(0)
  })
})

describe('a path', () => {
  it.each([
    ['deploy/', 'deploy'],
    ['./deploy//web/', 'deploy/web'],
    ['.', '.'],
    ['./', '.'],
  ])('%s is the folder %s', (given, folder) => {
    expect(plainFolder(given)).toBe(folder)
  })

  it.each([
    ['deploy/a', 'deploy', true],
    ['deploy-b/a', 'deploy', false],
    ['deploy', 'deploy', false],
    ['a', '.', true],
  ])('%s is below %s: %s', (path, folder, expected) => {
    expect(isBelow(path, folder)).toBe(expected)
  })
})
