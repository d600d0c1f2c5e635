import type { ReleaseOrigin } from './release-origin'
import type { PulledSource } from './source-document'

export interface SourceLogin {
  /** Empty: the password is a bearer token. */
  readonly username: string
  readonly password: string
}

export interface SourceAsk {
  readonly source: PulledSource
  readonly login: SourceLogin | null
}

/** What a source names at a moment: a commit, or a version with its digest. Nothing else may change what it renders to. */
export interface SourceRevision {
  readonly id: string
}

export interface RenderAsk extends SourceAsk {
  readonly revision: SourceRevision
  /** Helm's release name, and the namespace that charts are told. */
  readonly application: string
  readonly namespace: string
}

/** A file of manifests, by the name that errors may call it. */
export interface ManifestFile {
  readonly name: string
  readonly text: string
}

export interface RenderedSource {
  readonly files: readonly ManifestFile[]
  readonly origin: ReleaseOrigin
}

/** What the engine asks of whoever can speak to repositories: it keeps nothing, and throws a FairleadError in plain words. */
export interface SourceReader {
  resolve(ask: SourceAsk): Promise<SourceRevision>
  render(ask: RenderAsk): Promise<RenderedSource>
}
