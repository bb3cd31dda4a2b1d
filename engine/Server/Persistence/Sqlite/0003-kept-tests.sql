-- Try-outs that were kept as tests of their workflow.
CREATE TABLE "po_kept_test" (
    "id" TEXT NOT NULL CONSTRAINT "PK_po_kept_test" PRIMARY KEY,
    "definition_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "case" TEXT NOT NULL,
    "kept_at" INTEGER NOT NULL,
    "kept_by" TEXT NOT NULL
);

CREATE UNIQUE INDEX "IX_po_kept_test_definition_id_name" ON "po_kept_test" ("definition_id", "name");
