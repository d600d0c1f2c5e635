/** What the server is asked of the list; the other filters need no asking. */
export const askedOf = (param: (name: string) => string | null) => ({
  limit: 500,
  ...given('application', param('application')),
  ...given('project', param('project')),
})

const given = (name: string, value: string | null) => (value === null ? {} : { [name]: value })
