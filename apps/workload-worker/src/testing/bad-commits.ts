import { configMap } from '@fairlead/workload/testing/scene'

interface BadCommit {
  readonly what: string
  readonly kind: 'git' | 'kustomize' | 'helm'
  readonly files: Readonly<Record<string, string>>
  readonly says: RegExp
}

const bad = (
  what: string,
  kind: BadCommit['kind'],
  files: Readonly<Record<string, string>>,
  says: RegExp,
): BadCommit => ({
  what,
  kind,
  files,
  says,
})
const chart = 'apiVersion: v2\nname: web\nversion: 1.0.0\n'
const template = (text: string) => ({ 'Chart.yaml': chart, 'templates/a.yaml': text })
const plugin = `apiVersion: v1
kind: Run
metadata:
  name: run
  annotations: { config.kubernetes.io/function: "exec: { path: /bin/sh }" }
`

/** What people commit by mistake, and what somebody would commit on purpose. */
export const badCommits: readonly BadCommit[] = [
  bad(
    'A key that is there twice',
    'git',
    { 'a.yaml': 'apiVersion: v1\nkind: Pod\nkind: Secret\n' },
    /unique|twice|kind/i,
  ),
  bad('text that is no YAML', 'git', { 'a.yaml': 'a: [1,\n  }' }, /YAML|flow|map/i),
  bad('an object without a name', 'git', { 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\n' }, /metadata/),
  bad(
    'a ConfigMap of 5 MB',
    'git',
    { 'a.yaml': configMap('a', { k: 'x'.repeat(5_000_000) }) },
    /larger|too large|MiB/i,
  ),
  bad(
    'a file of Git LFS',
    'git',
    { 'a.yaml': 'version https://git-lfs.github.com/spec/v1\nsize 1\n' },
    /LFS/,
  ),
  bad(
    'an object in two files',
    'git',
    { 'a.yaml': configMap('a', {}), 'b.yaml': configMap('a', {}) },
    /twice/,
  ),
  bad('a folder without manifests', 'git', { README: 'words' }, /no manifest/),
  bad('a link out of the repository', 'git', { 'a.yaml': '@/etc/passwd' }, /symbolic link/),
  bad('a link above the repository', 'git', { 'a.yaml': '@../../../etc/passwd' }, /symbolic link/),
  bad('a folder for Kustomize', 'git', { 'kustomization.yaml': 'resources: []\n' }, /kustomize/),
  bad(
    'a base on a server',
    'kustomize',
    { 'kustomization.yaml': 'resources: [github.com/a/b]\n' },
    /not in the repository/,
  ),
  bad(
    'a file above its folder',
    'kustomize',
    { 'kustomization.yaml': 'configMapGenerator: [{ name: a, files: [../good/config.yaml] }]\n' },
    /security|not in or below/,
  ),
  bad(
    'a program as a plugin',
    'kustomize',
    { 'kustomization.yaml': 'generators: [run.yaml]\n', 'run.yaml': plugin },
    /could not render/,
  ),
  bad('a folder without a chart', 'helm', { 'a.yaml': configMap('a', {}) }, /no Chart\.yaml/),
  bad(
    'a template that includes itself',
    'helm',
    template('{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}'),
    /nested reference|could not render/,
  ),
  bad(
    'a template without an end',
    'helm',
    template('{{ range until 200000000 }}x{{ end }}'),
    /was ended|could not render/,
  ),
  bad(
    'a template that writes and writes',
    'helm',
    template('{{ range until 90000 }}# {{ repeat 100 "x" }}\n{{ end }}'),
    /wrote more/,
  ),
  bad(
    'a dependency that is not there',
    'helm',
    {
      'Chart.yaml': `${chart}dependencies: [{ name: db, version: 1.0.0, repository: "https://charts.example.org" }]\n`,
    },
    /missing in charts/,
  ),
  bad('a template that is no YAML', 'helm', template('a: [1,\n  }'), /could not render/),
]
