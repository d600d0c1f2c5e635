import { ExternalLink } from 'lucide-react'

type CommitLinkProps = { commit: string; url: string | null }

/** The commit's own page on the host of its repository, where that has such pages; of a chart its version and digest. */
export function CommitLink({ commit, url }: CommitLinkProps) {
  const short = /^[0-9a-f]{40}$/.test(commit)
    ? commit.slice(0, 10)
    : commit.replace(/(@sha256:.{10}).*/, '$1')
  if (url === null)
    return (
      <span title={commit} className="font-mono text-xs">
        {short}
      </span>
    )
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer"
      title={commit}
      aria-label={`Commit ${short}, on the page of its repository`}
      className="inline-flex items-center gap-1 rounded-sm font-mono text-xs text-accent-text underline decoration-current/35 underline-offset-2 hover:decoration-current"
    >
      {short} <ExternalLink aria-hidden className="size-3" />
    </a>
  )
}
