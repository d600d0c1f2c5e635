-- CreateTable
CREATE TABLE "shells" (
    "id" UUID NOT NULL,
    "ticketHash" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "credentialId" TEXT NOT NULL,
    "projectId" UUID,
    "clusterId" UUID NOT NULL,
    "namespace" TEXT NOT NULL,
    "pod" TEXT NOT NULL,
    "podUid" TEXT NOT NULL,
    "container" TEXT NOT NULL,
    "command" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "openedAt" TIMESTAMPTZ(3),

    CONSTRAINT "shells_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "shells_ticketHash_key" ON "shells"("ticketHash");

-- CreateIndex
CREATE INDEX "shells_createdAt_idx" ON "shells"("createdAt");
