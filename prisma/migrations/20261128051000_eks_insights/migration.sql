-- CreateTable
CREATE TABLE "eks_insights" (
    "clusterId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "insights" JSONB NOT NULL,

    CONSTRAINT "eks_insights_pkey" PRIMARY KEY ("clusterId")
);

-- AddForeignKey
ALTER TABLE "eks_insights" ADD CONSTRAINT "eks_insights_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "clusters"("id") ON DELETE CASCADE ON UPDATE CASCADE;
