-- CreateTable
CREATE TABLE "stage_drifts" (
    "id" UUID NOT NULL,
    "applicationId" UUID NOT NULL,
    "stage" TEXT NOT NULL,
    "clusterId" UUID NOT NULL,
    "namespace" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'unknown',
    "reason" TEXT NOT NULL DEFAULT '',
    "releaseId" UUID,
    "objects" JSONB NOT NULL DEFAULT '[]',
    "since" TIMESTAMPTZ(3),
    "checkedAt" TIMESTAMPTZ(3),
    "checkAt" TIMESTAMPTZ(3),
    "wanted" JSONB,
    "heals" TIMESTAMPTZ(3)[],

    CONSTRAINT "stage_drifts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "stage_drifts_applicationId_stage_clusterId_namespace_key" ON "stage_drifts"("applicationId", "stage", "clusterId", "namespace");

-- CreateIndex
CREATE INDEX "stage_drifts_checkAt_idx" ON "stage_drifts"("checkAt");

-- AddForeignKey
ALTER TABLE "stage_drifts" ADD CONSTRAINT "stage_drifts_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was verified before is compared from now on too.
INSERT INTO "stage_drifts" ("id", "applicationId", "stage", "clusterId", "namespace", "heals", "checkAt")
SELECT gen_random_uuid(), r."applicationId", rs."name", t."clusterId", t."namespace", '{}', now()
FROM "rollout_targets" t
  JOIN "rollout_stages" rs ON rs."id" = t."stageId"
  JOIN "rollouts" r ON r."id" = rs."rolloutId"
  JOIN "stages" s ON s."applicationId" = r."applicationId" AND s."name" = rs."name"
WHERE t."state" = 'converged' AND s."verifiedReleaseId" = r."releaseId"
ON CONFLICT DO NOTHING;
