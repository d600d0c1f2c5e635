/** The frame that text controls share. */
export const controlFrame =
  'w-full rounded-md border border-line-strong bg-surface text-sm text-fg transition-colors placeholder:text-faint hover:border-faint focus-visible:border-accent-text focus-visible:outline-1 focus-visible:outline-accent-text focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:bg-sunken disabled:text-faint data-invalid:border-fail-solid aria-invalid:border-fail-solid dark:bg-sunken'
