import type { Page } from '@playwright/test'
import { widgets } from './widget-kind'
import { expect, type Person } from './world'

const settlement = async (api: Person['api']): Promise<string> =>
  (await api.run.list.query({ workflow: 'settlement' }))[0]?.id ?? ''

/** Every page, with what the stories before leave in it. */
export const pages: Readonly<Record<string, (person: Person) => Promise<string>>> = {
  fleet: async () => '/fleet',
  clusters: async () => '/clusters',
  cluster: async () => '/clusters/staging',
  nodes: async () => '/clusters/staging?tab=nodes',
  complexity: async () => '/clusters/staging?tab=complexity',
  upgrade: async () => '/clusters/staging?tab=upgrade',
  audits: async () => '/audits',
  convergence: async () => '/fleet/convergence',
  compare: async () => '/fleet/compare?left=staging/checkout&right=production/checkout',
  'compare-clusters': async () => '/fleet/compare?left=staging&right=production',
  'compare-stages': async () => '/applications/shop/checkout?tab=compare&by=stages',
  'compare-nothing': async () => '/fleet/compare',
  'custom-objects': async () => `/clusters/staging/custom/${widgets}`,
  workloads: async () => '/workloads',
  pods: async () => '/workloads?kind=Pod',
  workload: async () => '/workloads/staging/Deployment/checkout/web',
  timeline: async () => '/workloads/staging/Deployment/checkout/web?tab=timeline',
  logs: async () => '/workloads/staging/Deployment/checkout/web?tab=logs',
  yaml: async () => '/workloads/staging/Deployment/checkout/web?tab=yaml',
  shell: async () => '/workloads/staging/Deployment/checkout/web?tab=shell',
  'config-maps': async () => '/workloads?kind=ConfigMap',
  network: async () => '/network',
  path: async () => '/network/staging/Service/checkout/web',
  applications: async () => '/applications',
  application: async () => '/applications/shop/checkout',
  source: async () => '/applications/shop/checkout?tab=source',
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
  'settings-airflow': async () => '/settings/airflow',
  'settings-clusters': async () => '/settings/clusters',
  'settings-people': async () => '/settings/people',
  'settings-projects': async () => '/settings/projects',
  'settings-freeze': async () => '/settings/freeze',
  'settings-repositories': async () => '/settings/repositories',
  'settings-tokens': async () => '/settings/tokens',
  'settings-you': async () => '/settings/you',
  register: async () => '/settings/clusters/register',
}

/** Text and icons that a page needs are there; live pages never go quiet, so "idle" is no measure. */
export const settled = async (page: Page): Promise<void> => {
  await expect(page.getByRole('main')).toBeVisible()
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
  await page.waitForTimeout(300)
}

/** Goes to a page as a person does: hands off what stands there until it answers, as before that its script isn't attached. */
export async function opens(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.waitForFunction(() => {
    const controls = [...document.querySelectorAll('button, input, textarea, select')]
    return controls.every((control) => Object.keys(control).some((key) => key.startsWith('__reactProps$')))
  })
}
