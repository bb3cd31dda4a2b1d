-- Lists and searches read an index alone: texts and states make rows long.
CREATE INDEX "IX_po_definition_list" ON "po_definition" ("version_id", "definition_id", "version", "is_latest", "is_published", "name", "created_at");

CREATE INDEX "IX_po_instance_list" ON "po_instance" ("created_at", "id", "name", "correlation_id", "definition_id");

CREATE INDEX "IX_po_instance_status_created_at_id" ON "po_instance" ("status", "created_at", "id");

CREATE INDEX "IX_po_instance_definition_id_created_at_id" ON "po_instance" ("definition_id", "created_at", "id");
