-- AlterTable
ALTER TABLE "drains" ADD COLUMN     "heldAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "rollout_stages" ADD COLUMN     "heldAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "freeze_windows" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "source" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT NOT NULL,
    "updatedBy" TEXT NOT NULL,

    CONSTRAINT "freeze_windows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "freeze_exceptions" (
    "id" UUID NOT NULL,
    "projectId" UUID,
    "rolloutId" UUID,
    "applicationId" UUID,
    "clusterId" UUID,
    "about" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "requesterId" TEXT NOT NULL,
    "requesterName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deciderId" TEXT,
    "deciderName" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "decisionReason" TEXT,
    "expiresAt" TIMESTAMPTZ(3),
    "reviewerId" TEXT,
    "reviewerName" TEXT,
    "reviewedAt" TIMESTAMPTZ(3),
    "note" TEXT,

    CONSTRAINT "freeze_exceptions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "freeze_windows_name_key" ON "freeze_windows"("name");

-- CreateIndex
CREATE INDEX "freeze_exceptions_state_createdAt_idx" ON "freeze_exceptions"("state", "createdAt");

