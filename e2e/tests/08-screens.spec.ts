import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, story, type Person } from '../story/world'

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
]

const settlement = async (api: Person['api']): Promise<string> =>
  (await api.run.list.query({ workflow: 'settlement' }))[0]?.id ?? ''

const pages: Readonly<Record<string, (person: Person) => Promise<string>>> = {
  fleet: async () => '/fleet',
  clusters: async () => '/clusters',
  cluster: async () => '/clusters/staging',
  nodes: async () => '/clusters/staging?tab=nodes',
  complexity: async () => '/clusters/staging?tab=complexity',
  upgrade: async () => '/clusters/staging?tab=upgrade',
  audits: async () => '/audits',
  workloads: async () => '/workloads',
  pods: async () => '/workloads?kind=Pod',
  workload: async () => '/workloads/staging/Deployment/checkout/web',
  logs: async () => '/workloads/staging/Deployment/checkout/web?tab=logs',
  yaml: async () => '/workloads/staging/Deployment/checkout/web?tab=yaml',
  applications: async () => '/applications',
  application: async () => '/applications/shop/checkout',
  deploy: async () => '/applications/shop/checkout/deploy',
  rollouts: async () => '/rollouts',
  rollout: async ({ api }) =>
    `/rollouts/${(await api.rollout.list.query({ application: 'checkout' }))[0]?.id ?? ''}`,
  approvals: async () => '/approvals',
  workflows: async () => '/workflows',
  workflow: async () => '/workflows/batch/settlement',
  grid: async () => '/workflows/batch/settlement?tab=grid',
  code: async () => '/workflows/batch/settlement?tab=code',
  backfill: async () => '/workflows/batch/nightly?tab=backfill',
  'edit-workflow': async () => '/workflows/batch/settlement/edit',
  'new-workflow': async () => '/workflows/new',
  'workflow-calendar': async () => '/workflows/calendar',
  pools: async () => '/workflows/pools',
  lineage: async () => '/workflows/lineage',
  runs: async () => '/runs',
  run: async ({ api }) => `/runs/${await settlement(api)}`,
  gantt: async ({ api }) => `/runs/${await settlement(api)}?view=gantt`,
  task: async ({ api }) => `/runs/${await settlement(api)}?task=list&tab=logs`,
  'audit-log': async () => '/audit-log',
  'settings-clusters': async () => '/settings/clusters',
  'settings-people': async () => '/settings/people',
  'settings-projects': async () => '/settings/projects',
  'settings-tokens': async () => '/settings/tokens',
  register: async () => '/settings/clusters/register',
}

/** Text and icons that a page needs are there; live pages never go quiet, so "idle" is no measure. */
const settled = async (page: Page): Promise<void> => {
  await expect(page.getByRole('main')).toBeVisible()
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
  await page.waitForTimeout(300)
}

for (const theme of ['light', 'dark'] as const)
  story(
    `every page in ${theme} has no serious accessibility finding, no console error, and fits three sizes`,
    async ({ world }, info) => {
      story.setTimeout(600_000)
      const person = await world.browserOf('Ada')
      const problems: string[] = []
      person.page.on(
        'console',
        (message) => message.type() === 'error' && problems.push(`${person.page.url()}: ${message.text()}`),
      )
      person.page.on('pageerror', (error) => problems.push(`${person.page.url()}: ${error.message}`))
      await person.page.emulateMedia({ colorScheme: theme })
      for (const [name, address] of Object.entries(pages)) {
        await person.page.setViewportSize(sizes[0] ?? { width: 1440, height: 900 })
        await person.page.goto(await address(person))
        await settled(person.page)
        const { violations } = await new AxeBuilder({ page: person.page }).analyze()
        for (const { id, impact, nodes } of violations)
          if (impact === 'serious' || impact === 'critical')
            problems.push(
              `${name} ${theme}: ${id} at ${nodes
                .map((node) => node.target.join(' '))
                .slice(0, 3)
                .join('; ')}`,
            )
        for (const size of sizes) {
          await person.page.setViewportSize(size)
          await person.page.waitForTimeout(150)
          const overflow = await person.page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          )
          if (overflow > 0) problems.push(`${name} at ${size.width}: ${overflow} px too wide`)
          await person.page.screenshot({ path: info.outputPath(`${name}-${theme}-${size.width}.png`) })
        }
      }
      expect(problems).toEqual([])
    },
  )
