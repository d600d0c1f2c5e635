import { shellPath, shellProtocol, ticketPrefix } from '@fairlead/contracts/shell-wire'
import * as given from '../story/given'
import { opens } from '../story/pages'
import { deploys, itReaches } from '../story/when'
import { expect, story } from '../story/world'

const name = 'shells'
const manifests = `apiVersion: apps/v1
kind: Deployment
metadata: { name: box }
spec:
  replicas: 1
  selector: { matchLabels: { app: box } }
  template:
    metadata: { labels: { app: box } }
    spec:
      terminationGracePeriodSeconds: 0
      containers: [{ name: box, image: "localhost/busybox:1", command: [sleep, "100000"] }]
`

story(
  'an operator opens a shell in a container by the keyboard, and it stands in the audit log',
  async ({ world }) => {
    const { api, page } = await world.browserOf('Ada')
    await given.project(api, name, name)
    await api.application.apply.mutate({
      document: given.applicationDocument({ name, project: name, stages: 'staging' }),
    })
    const { rollout } = await deploys(api, { project: name, application: name, manifests })
    await itReaches(api, rollout, ['succeeded'])

    const asked = page.waitForResponse((response) => response.url().includes('pod.openShell'))
    await opens(page, `/workloads/staging/deployments/${name}/box`)
    await page.keyboard.press('s')
    await page.getByLabel(/^Reason/).fill('A story')
    await page.keyboard.press('Enter')
    const { ticket } = (await (await asked).json())[0].result.data.json as { ticket: string }

    const terminal = page.getByRole('region', { name: /^Shell in box-/ })
    await expect(terminal.getByRole('status').getByText('Connected')).toBeVisible()
    const screen = terminal.locator('.xterm-rows')
    await page.keyboard.type('echo "$((40 + 2)) on $(hostname)"\n')
    await expect(screen).toContainText(/42 on box-/)
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.keyboard.press('F6')
    await expect(terminal.getByRole('button', { name: 'Disconnect' })).toBeFocused()

    const second = await page.evaluate(
      async ([path, ...protocols]) =>
        new Promise((resolve) => {
          const socket = new WebSocket(new URL(path ?? '', location.href.replace('http', 'ws')), protocols)
          socket.onopen = () => resolve('opened')
          socket.onerror = () => resolve('refused')
        }),
      [shellPath, shellProtocol, ticketPrefix + ticket],
    )
    expect(second).toBe('refused')

    await terminal.getByRole('textbox', { name: /^Terminal/ }).focus()
    await page.keyboard.type('exit 3\n')
    await expect(terminal.getByRole('status')).toContainText('The command ended with exit code 3.')
    await expect
      .poll(async () => {
        const { entries } = await api.audit.list.query({ action: 'pod.shellEnded' })
        return entries[0]?.detail
      })
      .toMatchObject({ cluster: 'staging', namespace: name, container: 'box', exitCode: 3 })
    await terminal.getByRole('button', { name: 'Open again' }).click()
    await expect(page.getByRole('button', { name: 'Open a shell' })).toBeVisible()
  },
)
