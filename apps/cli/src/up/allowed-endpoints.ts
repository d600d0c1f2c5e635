/** Local clusters answer on the loopback address; an installation that is not for one machine alone allows none of it. */
export const loopbackOnly: readonly string[] = ['127.0.0.0/8']
