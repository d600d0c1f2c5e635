-- AlterTable
ALTER TABLE "clusters" ADD COLUMN     "namespaces" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "cluster_sources" DROP CONSTRAINT "cluster_sources_pkey",
ADD COLUMN     "namespace" TEXT NOT NULL DEFAULT '',
ADD CONSTRAINT "cluster_sources_pkey" PRIMARY KEY ("clusterId", "kind", "namespace");
