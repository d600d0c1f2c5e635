import { expect, test } from 'vitest'
import { containersOf } from './containers'

const workload = (kind: string, name: string, container: string) => `
kind: ${kind}
metadata: { name: ${name} }
spec:
  template:
    spec:
      initContainers: [{ name: migrate, image: "m:1" }]
      containers: [{ name: ${container}, image: "registry.example/${name}:1" }]
`

test('a container that two workloads have is named with its workload', () => {
  const keys = containersOf(
    `${workload('Deployment', 'web', 'app')}---${workload('StatefulSet', 'db', 'postgres')}`,
  ).map(({ key }) => key)
  expect(keys).toEqual(['web/migrate', 'app', 'db/migrate', 'postgres'])
})

test('objects without containers, and documents that can not be read, are passed over', () => {
  expect(containersOf('kind: Service\nmetadata: {name: web}\n---\n{: [')).toEqual([])
})

test('a CronJob keeps its containers two templates deep', () => {
  const job =
    'kind: CronJob\nmetadata: {name: n}\nspec: {jobTemplate: {spec: {template: {spec: {containers: [{name: c, image: "i:2"}]}}}}}'
  expect(containersOf(job)).toEqual([
    { key: 'c', kind: 'CronJob', workload: 'n', container: 'c', image: 'i:2' },
  ])
})
