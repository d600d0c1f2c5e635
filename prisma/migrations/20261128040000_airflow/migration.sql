-- CreateTable
CREATE TABLE "airflow_connections" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "registeredAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "airflow_connections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "airflow_credentials" (
    "connectionId" UUID NOT NULL,
    "username" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "sealed" BYTEA NOT NULL,
    "rotatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "airflow_credentials_pkey" PRIMARY KEY ("connectionId")
);

-- CreateTable
CREATE TABLE "airflow_grants" (
    "connectionId" UUID NOT NULL,
    "projectId" UUID NOT NULL,

    CONSTRAINT "airflow_grants_pkey" PRIMARY KEY ("connectionId","projectId")
);

-- CreateIndex
CREATE UNIQUE INDEX "airflow_connections_name_key" ON "airflow_connections"("name");

-- CreateIndex
CREATE INDEX "airflow_grants_projectId_idx" ON "airflow_grants"("projectId");

-- AddForeignKey
ALTER TABLE "airflow_credentials" ADD CONSTRAINT "airflow_credentials_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "airflow_connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "airflow_grants" ADD CONSTRAINT "airflow_grants_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "airflow_connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;
