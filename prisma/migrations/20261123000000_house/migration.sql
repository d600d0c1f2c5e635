-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "audit_entries" (
    "sequence" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "projectId" UUID,
    "project" TEXT,
    "subjectKind" TEXT,
    "subjectId" TEXT,
    "subjectName" TEXT,
    "detail" JSONB NOT NULL,
    "via" TEXT NOT NULL,
    "address" TEXT,
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("sequence")
);

-- CreateTable
CREATE TABLE "changes" (
    "sequence" BIGSERIAL NOT NULL,
    "txid" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "topic" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "op" TEXT NOT NULL DEFAULT 'upsert',
    "projectId" UUID,
    "clusterId" UUID,
    "kind" TEXT,
    "namespace" TEXT,

    CONSTRAINT "changes_pkey" PRIMARY KEY ("sequence")
);

-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabledAt" TIMESTAMPTZ(3),
    "lastSeenAt" TIMESTAMPTZ(3),

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accounts" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" TIMESTAMPTZ(3),
    "refreshTokenExpiresAt" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verifications" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "lastRequest" BIGINT NOT NULL,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitations" (
    "id" UUID NOT NULL,
    "secretHash" TEXT NOT NULL,
    "email" TEXT,
    "name" TEXT NOT NULL,
    "first" BOOLEAN NOT NULL DEFAULT false,
    "memberships" JSONB NOT NULL DEFAULT '[]',
    "invitedBy" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "userId" TEXT,

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "projects" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "destinations" (
    "projectId" UUID NOT NULL,
    "clusterId" UUID NOT NULL,
    "namespace" TEXT NOT NULL,

    CONSTRAINT "destinations_pkey" PRIMARY KEY ("projectId","clusterId","namespace")
);

-- CreateTable
CREATE TABLE "memberships" (
    "id" UUID NOT NULL,
    "userId" TEXT NOT NULL,
    "projectId" UUID,
    "role" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_tokens" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "secretHash" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "projectId" UUID,
    "role" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clusters" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "uid" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "labels" JSONB NOT NULL DEFAULT '{}',
    "colour" INTEGER NOT NULL,
    "server" TEXT NOT NULL,
    "version" TEXT,
    "registeredAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL DEFAULT 'never_synced',
    "stateMessage" TEXT,
    "controlPlane" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "clusters_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cluster_credentials" (
    "clusterId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "sealed" BYTEA NOT NULL,
    "rotatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cluster_credentials_pkey" PRIMARY KEY ("clusterId")
);

-- CreateTable
CREATE TABLE "cluster_leases" (
    "clusterId" UUID NOT NULL,
    "holder" TEXT NOT NULL,
    "epoch" BIGINT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cluster_leases_pkey" PRIMARY KEY ("clusterId")
);

-- CreateTable
CREATE TABLE "cluster_sources" (
    "clusterId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "message" TEXT,
    "lastByteAt" TIMESTAMPTZ(3),
    "syncedAt" TIMESTAMPTZ(3),
    "objects" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "cluster_sources_pkey" PRIMARY KEY ("clusterId","kind")
);

-- CreateTable
CREATE TABLE "cluster_provisions" (
    "name" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "percent" INTEGER,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cluster_provisions_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "inventory_objects" (
    "clusterId" UUID NOT NULL,
    "uid" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "namespace" TEXT,
    "name" TEXT NOT NULL,
    "resourceVersion" TEXT NOT NULL,
    "epoch" BIGINT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "observedAt" TIMESTAMPTZ(3) NOT NULL,
    "labels" JSONB NOT NULL DEFAULT '{}',
    "ownerUid" TEXT,
    "cells" JSONB NOT NULL,
    "verdict" JSONB,
    "state" TEXT,
    "summary" JSONB NOT NULL,
    "images" TEXT[],

    CONSTRAINT "inventory_objects_pkey" PRIMARY KEY ("clusterId","uid")
);

-- CreateTable
CREATE TABLE "cluster_events" (
    "clusterId" UUID NOT NULL,
    "uid" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "objectKind" TEXT NOT NULL,
    "objectName" TEXT NOT NULL,
    "objectUid" TEXT,
    "count" INTEGER NOT NULL,
    "firstAt" TIMESTAMPTZ(3) NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT NOT NULL,
    "epoch" BIGINT NOT NULL,

    CONSTRAINT "cluster_events_pkey" PRIMARY KEY ("clusterId","uid")
);

-- CreateTable
CREATE TABLE "episodes" (
    "id" UUID NOT NULL,
    "clusterId" UUID NOT NULL,
    "workloadUid" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL,

    CONSTRAINT "episodes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "applications" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "applications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stages" (
    "applicationId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "verifiedReleaseId" UUID,
    "verifiedAt" TIMESTAMPTZ(3),
    "lastConvergeMs" INTEGER,
    "holdReason" TEXT,
    "holdSince" TIMESTAMPTZ(3),
    "holdExpiresAt" TIMESTAMPTZ(3),

    CONSTRAINT "stages_pkey" PRIMARY KEY ("applicationId","name")
);

-- CreateTable
CREATE TABLE "releases" (
    "id" UUID NOT NULL,
    "applicationId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "manifests" JSONB NOT NULL,
    "images" TEXT[],
    "sealedSecrets" BYTEA,
    "source" JSONB NOT NULL,
    "authorId" TEXT NOT NULL,
    "authorName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "releases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rollouts" (
    "id" UUID NOT NULL,
    "applicationId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "releaseId" UUID NOT NULL,
    "requesterId" TEXT NOT NULL,
    "requesterName" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "stages" JSONB NOT NULL,
    "checkAt" TIMESTAMPTZ(3),
    "checkReason" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "rollouts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rollout_stages" (
    "id" UUID NOT NULL,
    "rolloutId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "plan" JSONB,
    "planDigest" TEXT,
    "planRequestedAt" TIMESTAMPTZ(3),
    "baseReleaseId" UUID,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "progressAt" TIMESTAMPTZ(3),
    "totalAt" TIMESTAMPTZ(3),
    "evidence" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "rollout_stages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rollout_targets" (
    "id" UUID NOT NULL,
    "stageId" UUID NOT NULL,
    "clusterId" UUID NOT NULL,
    "namespace" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "message" TEXT NOT NULL DEFAULT '',
    "applied" JSONB NOT NULL DEFAULT '{}',
    "observed" JSONB,
    "observedAt" TIMESTAMPTZ(3),
    "progressKey" TEXT NOT NULL DEFAULT '',
    "appliedAt" TIMESTAMPTZ(3),
    "convergedAt" TIMESTAMPTZ(3),

    CONSTRAINT "rollout_targets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approvals" (
    "id" UUID NOT NULL,
    "stageId" UUID NOT NULL,
    "planDigest" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "userName" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approvals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rollout_entries" (
    "id" BIGSERIAL NOT NULL,
    "rolloutId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stage" TEXT,
    "cluster" TEXT,
    "kind" TEXT NOT NULL,
    "message" TEXT NOT NULL,

    CONSTRAINT "rollout_entries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_entries_at_idx" ON "audit_entries"("at");

-- CreateIndex
CREATE INDEX "audit_entries_projectId_sequence_idx" ON "audit_entries"("projectId", "sequence");

-- CreateIndex
CREATE INDEX "audit_entries_actorId_sequence_idx" ON "audit_entries"("actorId", "sequence");

-- CreateIndex
CREATE INDEX "changes_txid_sequence_idx" ON "changes"("txid", "sequence");

-- CreateIndex
CREATE INDEX "changes_at_idx" ON "changes"("at");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_token_key" ON "sessions"("token");

-- CreateIndex
CREATE INDEX "sessions_userId_idx" ON "sessions"("userId");

-- CreateIndex
CREATE INDEX "accounts_userId_idx" ON "accounts"("userId");

-- CreateIndex
CREATE INDEX "verifications_identifier_idx" ON "verifications"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "rate_limits_key_key" ON "rate_limits"("key");

-- CreateIndex
CREATE UNIQUE INDEX "invitations_secretHash_key" ON "invitations"("secretHash");

-- CreateIndex
CREATE INDEX "invitations_email_idx" ON "invitations"("email");

-- CreateIndex
CREATE UNIQUE INDEX "projects_name_key" ON "projects"("name");

-- CreateIndex
CREATE INDEX "destinations_clusterId_idx" ON "destinations"("clusterId");

-- CreateIndex
CREATE UNIQUE INDEX "memberships_userId_projectId_role_key" ON "memberships"("userId", "projectId", "role");

-- CreateIndex
CREATE UNIQUE INDEX "api_tokens_secretHash_key" ON "api_tokens"("secretHash");

-- CreateIndex
CREATE UNIQUE INDEX "clusters_name_key" ON "clusters"("name");

-- CreateIndex
CREATE UNIQUE INDEX "clusters_uid_key" ON "clusters"("uid");

-- CreateIndex
CREATE INDEX "inventory_objects_kind_namespace_name_idx" ON "inventory_objects"("kind", "namespace", "name");

-- CreateIndex
CREATE INDEX "inventory_objects_clusterId_kind_namespace_idx" ON "inventory_objects"("clusterId", "kind", "namespace");

-- CreateIndex
CREATE INDEX "inventory_objects_ownerUid_idx" ON "inventory_objects"("ownerUid");

-- CreateIndex
CREATE INDEX "cluster_events_clusterId_namespace_lastAt_idx" ON "cluster_events"("clusterId", "namespace", "lastAt");

-- CreateIndex
CREATE INDEX "cluster_events_objectUid_lastAt_idx" ON "cluster_events"("objectUid", "lastAt");

-- CreateIndex
CREATE INDEX "episodes_workloadUid_openedAt_idx" ON "episodes"("workloadUid", "openedAt");

-- CreateIndex
CREATE UNIQUE INDEX "applications_projectId_name_key" ON "applications"("projectId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "releases_applicationId_number_key" ON "releases"("applicationId", "number");

-- CreateIndex
CREATE INDEX "rollouts_checkAt_idx" ON "rollouts"("checkAt");

-- CreateIndex
CREATE INDEX "rollouts_state_idx" ON "rollouts"("state");

-- CreateIndex
CREATE UNIQUE INDEX "rollouts_applicationId_number_key" ON "rollouts"("applicationId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "rollout_stages_rolloutId_position_key" ON "rollout_stages"("rolloutId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "rollout_stages_rolloutId_name_key" ON "rollout_stages"("rolloutId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "rollout_targets_stageId_clusterId_namespace_key" ON "rollout_targets"("stageId", "clusterId", "namespace");

-- CreateIndex
CREATE UNIQUE INDEX "approvals_stageId_planDigest_userId_key" ON "approvals"("stageId", "planDigest", "userId");

-- CreateIndex
CREATE INDEX "rollout_entries_rolloutId_id_idx" ON "rollout_entries"("rolloutId", "id");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "destinations" ADD CONSTRAINT "destinations_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cluster_credentials" ADD CONSTRAINT "cluster_credentials_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "clusters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cluster_leases" ADD CONSTRAINT "cluster_leases_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "clusters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cluster_sources" ADD CONSTRAINT "cluster_sources_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "clusters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory_objects" ADD CONSTRAINT "inventory_objects_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "clusters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cluster_events" ADD CONSTRAINT "cluster_events_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "clusters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stages" ADD CONSTRAINT "stages_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "releases" ADD CONSTRAINT "releases_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollouts" ADD CONSTRAINT "rollouts_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollout_stages" ADD CONSTRAINT "rollout_stages_rolloutId_fkey" FOREIGN KEY ("rolloutId") REFERENCES "rollouts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollout_targets" ADD CONSTRAINT "rollout_targets_stageId_fkey" FOREIGN KEY ("stageId") REFERENCES "rollout_stages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_stageId_fkey" FOREIGN KEY ("stageId") REFERENCES "rollout_stages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollout_entries" ADD CONSTRAINT "rollout_entries_rolloutId_fkey" FOREIGN KEY ("rolloutId") REFERENCES "rollouts"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- The audit log is append-only, for the application's own role too.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit entries are append-only';
END $$;
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- One role of the whole installation at most once per person: NULLs are distinct in a plain unique index.
CREATE UNIQUE INDEX "memberships_installation_key" ON "memberships" ("userId", "role") WHERE "projectId" IS NULL;
