import { apiOf, signInByApi } from '../story/api'
import * as given from '../story/given'
import { opens } from '../story/pages'
import { emailOf, expect, password, story } from '../story/world'

const better = 'a longer and better password'

story(
  'somebody changes their password by the keyboard alone, and their other browser is signed out',
  async ({ world }, { retry }) => {
    const ada = await world.browserOf('Ada')
    const name = retry === 0 ? 'Pat' : `Pat${retry}`
    await given.person(world, ada.api, name, 'viewer')
    const pat = await world.browserOf(name)
    const elsewhere = await signInByApi(world.stack.url, emailOf(name), password)

    const { page } = pat
    await opens(page, '/settings/you')
    const current = page.getByLabel('Current password')
    await expect(page.getByRole('status').getByText('Live')).toBeAttached()
    await current.focus()
    await page.keyboard.type('not the right password')
    for (let entry = 0; entry < 2; entry += 1) {
      await page.keyboard.press('Tab')
      await page.keyboard.type(better)
    }
    await page.keyboard.press('Enter')
    await expect(page.getByText('The current password is not right.')).toBeVisible()
    await expect(current).toBeFocused()

    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await expect(page.getByText('Your password is changed')).toBeVisible()
    await expect(apiOf(world.stack.url, elsewhere).session.me.query({})).rejects.toThrow()
    expect((await pat.api.session.me.query({})).name).toBe(name)
    await expect(signInByApi(world.stack.url, emailOf(name), password)).rejects.toThrow(/could not sign in/)
    await signInByApi(world.stack.url, emailOf(name), better)
  },
)
