/** Secrets by name, planted somewhere; whoever shows one shows where it leaks. */
export type Canaries = Readonly<Record<string, string>>

const forms: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => JSON.stringify(secret).slice(1, -1),
  (secret) => encodeURIComponent(secret),
  (secret) => Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  (secret) => Buffer.from(secret).toString('base64url'),
  (secret) => Buffer.from(secret).toString('hex'),
  // What is base64 already, as keys in a kubeconfig are, is found by what it stands for too.
  (secret) => Buffer.from(secret, 'base64').toString('utf8'),
]

/** The names of the canaries that `text` holds, as they are or in a form that anybody can read. */
export const leaksIn = (canaries: Canaries, text: string): string[] =>
  Object.entries(canaries)
    .filter(([, secret]) =>
      forms
        .map((form) => form(secret))
        .some((form) => form.length >= 12 && !form.includes('\uFFFD') && text.includes(form)),
    )
    .map(([name]) => name)
