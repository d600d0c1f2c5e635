-- AlterTable
ALTER TABLE "clusters" ADD COLUMN     "budget" INTEGER NOT NULL DEFAULT 40;

-- CreateTable
CREATE TABLE "cluster_facts" (
    "clusterId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "facts" JSONB NOT NULL,

    CONSTRAINT "cluster_facts_pkey" PRIMARY KEY ("clusterId")
);

-- CreateTable
CREATE TABLE "complexity_samples" (
    "clusterId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "score" INTEGER NOT NULL,

    CONSTRAINT "complexity_samples_pkey" PRIMARY KEY ("clusterId","day")
);

-- CreateTable
CREATE TABLE "readiness_findings" (
    "clusterId" UUID NOT NULL,
    "workloadUid" TEXT NOT NULL,
    "check" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "application" TEXT,
    "severity" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "readiness_findings_pkey" PRIMARY KEY ("clusterId","workloadUid","check")
);

-- CreateTable
CREATE TABLE "check_waivers" (
    "id" UUID NOT NULL,
    "clusterId" UUID NOT NULL,
    "namespace" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "check" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "byName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "withdrawnAt" TIMESTAMPTZ(3),

    CONSTRAINT "check_waivers_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "readiness_findings_clusterId_namespace_idx" ON "readiness_findings"("clusterId", "namespace");

-- CreateIndex
CREATE INDEX "readiness_findings_severity_check_idx" ON "readiness_findings"("severity", "check");

-- CreateIndex
CREATE INDEX "check_waivers_clusterId_namespace_kind_name_check_idx" ON "check_waivers"("clusterId", "namespace", "kind", "name", "check");

-- AddForeignKey
ALTER TABLE "cluster_facts" ADD CONSTRAINT "cluster_facts_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "clusters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complexity_samples" ADD CONSTRAINT "complexity_samples_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "clusters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "readiness_findings" ADD CONSTRAINT "readiness_findings_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "clusters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

