-- Try-outs that were kept as tests of their workflow.
CREATE TABLE po_kept_test (
    id text COLLATE "C" NOT NULL,
    definition_id text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    "case" text COLLATE "C" NOT NULL,
    kept_at bigint NOT NULL,
    kept_by text COLLATE "C" NOT NULL,
    CONSTRAINT "PK_po_kept_test" PRIMARY KEY (id)
);

CREATE UNIQUE INDEX "IX_po_kept_test_definition_id_name" ON po_kept_test (definition_id, name);
