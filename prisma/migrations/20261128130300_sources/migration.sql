-- CreateTable
CREATE TABLE "application_sources" (
    "applicationId" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "revision" TEXT,
    "judged" TEXT,
    "releaseId" UUID,
    "error" JSONB,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "lookedAt" TIMESTAMPTZ(3),
    "askedAt" TIMESTAMPTZ(3),
    "checkAt" TIMESTAMPTZ(3),
    "hook" BYTEA,

    CONSTRAINT "application_sources_pkey" PRIMARY KEY ("applicationId")
);

-- CreateTable
CREATE TABLE "repository_credentials" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "sealed" BYTEA NOT NULL,
    "rotatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "repository_credentials_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "application_sources_checkAt_idx" ON "application_sources"("checkAt");

-- CreateIndex
CREATE UNIQUE INDEX "repository_credentials_projectId_address_key" ON "repository_credentials"("projectId", "address");

-- AddForeignKey
ALTER TABLE "application_sources" ADD CONSTRAINT "application_sources_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;
