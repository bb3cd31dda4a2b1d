-- Lists of instances by the moment they began, all of them, those that run, and those of a workflow.
CREATE INDEX "IX_po_instance_created_at" ON "po_instance" ("created_at");

CREATE INDEX "IX_po_instance_status_created_at" ON "po_instance" ("status", "created_at");

CREATE INDEX "IX_po_instance_definition_id_created_at" ON "po_instance" ("definition_id", "created_at");
