-- Leases of effects, checks of states, and what a store that many nodes share needs besides.
ALTER TABLE "po_instance" ADD COLUMN "checksum" TEXT NULL;

ALTER TABLE "po_outbox" ADD COLUMN "epoch" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "po_outbox" ADD COLUMN "lease_until" INTEGER NULL;

CREATE TABLE "po_document_file" (
    "sha256" TEXT NOT NULL CONSTRAINT "PK_po_document_file" PRIMARY KEY,
    "bytes" BLOB NOT NULL
);

CREATE TABLE "po_running" (
    "work_id" TEXT NOT NULL CONSTRAINT "PK_po_running" PRIMARY KEY,
    "node" TEXT NOT NULL,
    "started_at" INTEGER NOT NULL
);

DROP INDEX "IX_po_work_due_at";

CREATE INDEX "IX_po_work_due_at_id" ON "po_work" ("due_at", "id") WHERE parked_at IS NULL;
