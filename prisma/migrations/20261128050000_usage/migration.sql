-- CreateTable
CREATE TABLE "cluster_usage" (
    "clusterId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cluster_usage_pkey" PRIMARY KEY ("clusterId")
);

-- CreateTable
CREATE TABLE "usage_samples" (
    "clusterId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "windowSeconds" DOUBLE PRECISION NOT NULL,
    "cpuMillis" DOUBLE PRECISION NOT NULL,
    "memoryBytes" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "usage_samples_pkey" PRIMARY KEY ("clusterId","kind","namespace","name")
);

-- CreateTable
CREATE TABLE "usage_digests" (
    "clusterId" UUID NOT NULL,
    "workloadUid" TEXT NOT NULL,
    "container" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "samples" INTEGER NOT NULL,
    "firstAt" TIMESTAMPTZ(3) NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,
    "cpuMaxMillis" DOUBLE PRECISION NOT NULL,
    "memoryMaxBytes" DOUBLE PRECISION NOT NULL,
    "cpu" JSONB NOT NULL,
    "memory" JSONB NOT NULL,

    CONSTRAINT "usage_digests_pkey" PRIMARY KEY ("clusterId","workloadUid","container","day")
);

-- CreateIndex
CREATE INDEX "usage_samples_at_idx" ON "usage_samples"("at");

-- CreateIndex
CREATE INDEX "usage_digests_day_idx" ON "usage_digests"("day");

-- AddForeignKey
ALTER TABLE "cluster_usage" ADD CONSTRAINT "cluster_usage_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "clusters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "usage_samples" ADD CONSTRAINT "usage_samples_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "clusters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "usage_digests" ADD CONSTRAINT "usage_digests_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "clusters"("id") ON DELETE CASCADE ON UPDATE CASCADE;
