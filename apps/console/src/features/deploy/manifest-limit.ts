/** As in contracts/rollout, which is not imported here: its schemas would bring their library into the page. */
export const maxManifestBytes = 1024 * 1024
