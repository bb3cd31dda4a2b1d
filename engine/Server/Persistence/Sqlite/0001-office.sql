CREATE TABLE "po_account" (
    "name" TEXT NOT NULL CONSTRAINT "PK_po_account" PRIMARY KEY,
    "person_id" TEXT NULL,
    "display_name" TEXT NOT NULL,
    "roles" TEXT NOT NULL,
    "department_id" TEXT NULL,
    "password_hash" TEXT NULL,
    "stamp" TEXT NOT NULL
);


CREATE TABLE "po_audit" (
    "seq" INTEGER NOT NULL CONSTRAINT "PK_po_audit" PRIMARY KEY AUTOINCREMENT,
    "at" INTEGER NOT NULL,
    "actor" TEXT NOT NULL,
    "acting_for" TEXT NULL,
    "action" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "detail" TEXT NULL,
    "mac" TEXT NOT NULL
);


CREATE TABLE "po_bookmark" (
    "id" TEXT NOT NULL CONSTRAINT "PK_po_bookmark" PRIMARY KEY,
    "instance_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "activity_id" TEXT NOT NULL,
    "activity_node_id" TEXT NOT NULL,
    "activity_instance_id" TEXT NOT NULL,
    "correlation_id" TEXT NULL,
    "stimulus" TEXT NULL,
    "payload" TEXT NULL,
    "callback" TEXT NULL,
    "auto_burn" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "due_at" INTEGER NULL,
    "order" INTEGER NOT NULL
);


CREATE TABLE "po_command" (
    "key" TEXT NOT NULL CONSTRAINT "PK_po_command" PRIMARY KEY,
    "route" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "response" TEXT NOT NULL,
    "at" INTEGER NOT NULL
);


CREATE TABLE "po_definition" (
    "version_id" TEXT NOT NULL CONSTRAINT "PK_po_definition" PRIMARY KEY,
    "definition_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "is_latest" INTEGER NOT NULL,
    "is_published" INTEGER NOT NULL,
    "name" TEXT NULL,
    "json" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL
);


CREATE TABLE "po_delivery" (
    "number" TEXT NOT NULL CONSTRAINT "PK_po_delivery" PRIMARY KEY,
    "tracking" TEXT NULL,
    "courier" TEXT NULL,
    "from" TEXT NULL,
    "person_id" TEXT NULL,
    "department_id" TEXT NULL,
    "recipient" TEXT NOT NULL,
    "pieces" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "condition" TEXT NOT NULL,
    "perishable" INTEGER NOT NULL,
    "signature_required" INTEGER NOT NULL,
    "shelf" TEXT NULL,
    "note" TEXT NULL,
    "state" TEXT NOT NULL,
    "received_at" INTEGER NOT NULL,
    "received_by" TEXT NULL,
    "notified_at" INTEGER NULL,
    "handed_at" INTEGER NULL,
    "handed_to" TEXT NULL,
    "instance_id" TEXT NULL
);


CREATE TABLE "po_directory" (
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "json" TEXT NOT NULL,
    CONSTRAINT "PK_po_directory" PRIMARY KEY ("kind", "key")
);


CREATE TABLE "po_document" (
    "id" TEXT NOT NULL CONSTRAINT "PK_po_document" PRIMARY KEY,
    "effect_key" TEXT NOT NULL,
    "instance_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "subject" TEXT NULL,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "content_type" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "has_deal_terms" INTEGER NOT NULL
);


CREATE TABLE "po_instance" (
    "id" TEXT NOT NULL CONSTRAINT "PK_po_instance" PRIMARY KEY,
    "definition_id" TEXT NOT NULL,
    "definition_version_id" TEXT NOT NULL,
    "definition_version" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "sub_status" TEXT NOT NULL,
    "correlation_id" TEXT NULL,
    "name" TEXT NULL,
    "parent_instance_id" TEXT NULL,
    "incident_count" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "finished_at" INTEGER NULL
);


CREATE TABLE "po_journal" (
    "instance_id" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "activity_id" TEXT NOT NULL,
    "activity_node_id" TEXT NOT NULL,
    "activity_instance_id" TEXT NOT NULL,
    "activity_type" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    "who" TEXT NULL,
    "message" TEXT NULL,
    "why" TEXT NULL,
    "data" TEXT NULL,
    CONSTRAINT "PK_po_journal" PRIMARY KEY ("instance_id", "n")
);


CREATE TABLE "po_kiosk" (
    "id" TEXT NOT NULL CONSTRAINT "PK_po_kiosk" PRIMARY KEY,
    "name" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "paired_at" INTEGER NOT NULL,
    "last_seen_at" INTEGER NULL,
    "revoked_at" INTEGER NULL
);


CREATE TABLE "po_kiosk_event" (
    "kiosk" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "id" TEXT NULL,
    "at" INTEGER NOT NULL,
    "received_at" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "data" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "reason" TEXT NULL,
    CONSTRAINT "PK_po_kiosk_event" PRIMARY KEY ("kiosk", "seq")
);


CREATE TABLE "po_message" (
    "effect_key" TEXT NOT NULL CONSTRAINT "PK_po_message" PRIMARY KEY,
    "instance_id" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    "recipients" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "document_id" TEXT NULL
);


CREATE TABLE "po_outbox" (
    "effect_key" TEXT NOT NULL CONSTRAINT "PK_po_outbox" PRIMARY KEY,
    "instance_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "bookmark_id" TEXT NULL,
    "attempts" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "due_at" INTEGER NOT NULL,
    "last_error" TEXT NULL,
    "parked_at" INTEGER NULL,
    "sent_at" INTEGER NULL
);


CREATE TABLE "po_paperwork" (
    "person_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "holder" TEXT NULL,
    "since" INTEGER NULL,
    "due" INTEGER NULL,
    "instance_id" TEXT NULL,
    "document_id" TEXT NULL,
    "note" TEXT NULL,
    CONSTRAINT "PK_po_paperwork" PRIMARY KEY ("person_id", "kind")
);


CREATE TABLE "po_presence" (
    "person_id" TEXT NOT NULL CONSTRAINT "PK_po_presence" PRIMARY KEY,
    "is_in" INTEGER NOT NULL,
    "since" INTEGER NOT NULL,
    "kiosk" TEXT NULL
);


CREATE TABLE "po_setting" (
    "key" TEXT NOT NULL CONSTRAINT "PK_po_setting" PRIMARY KEY,
    "value" TEXT NOT NULL
);


CREATE TABLE "po_sign_in_link" (
    "token_hash" TEXT NOT NULL CONSTRAINT "PK_po_sign_in_link" PRIMARY KEY,
    "account" TEXT NOT NULL,
    "expires_at" INTEGER NOT NULL,
    "used_at" INTEGER NULL
);


CREATE TABLE "po_task" (
    "id" TEXT NOT NULL CONSTRAINT "PK_po_task" PRIMARY KEY,
    "instance_id" TEXT NOT NULL,
    "definition_id" TEXT NOT NULL,
    "activity_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "account" TEXT NULL,
    "subject" TEXT NULL,
    "document_id" TEXT NULL,
    "is_offered" INTEGER NOT NULL,
    "json" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "due" INTEGER NULL,
    "state" TEXT NOT NULL,
    "done_at" INTEGER NULL,
    "done_by" TEXT NULL,
    "outcome" TEXT NULL,
    "comment" TEXT NULL
);


CREATE TABLE "po_trigger" (
    "definition_version_id" TEXT NOT NULL,
    "activity_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "definition_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "stimulus" TEXT NULL,
    CONSTRAINT "PK_po_trigger" PRIMARY KEY ("definition_version_id", "activity_id", "hash")
);


CREATE TABLE "po_work" (
    "id" TEXT NOT NULL CONSTRAINT "PK_po_work" PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "instance_id" TEXT NULL,
    "bookmark_id" TEXT NULL,
    "due_at" INTEGER NOT NULL,
    "payload" TEXT NULL,
    "attempts" INTEGER NOT NULL,
    "last_error" TEXT NULL,
    "parked_at" INTEGER NULL
);


CREATE INDEX "IX_po_bookmark_hash" ON "po_bookmark" ("hash");


CREATE INDEX "IX_po_bookmark_instance_id" ON "po_bookmark" ("instance_id");


CREATE UNIQUE INDEX "IX_po_definition_definition_id_version" ON "po_definition" ("definition_id", "version");


CREATE INDEX "IX_po_delivery_state" ON "po_delivery" ("state");


CREATE UNIQUE INDEX "IX_po_document_effect_key" ON "po_document" ("effect_key");


CREATE INDEX "IX_po_document_instance_id" ON "po_document" ("instance_id");


CREATE INDEX "IX_po_document_subject" ON "po_document" ("subject");


CREATE INDEX "IX_po_instance_correlation_id" ON "po_instance" ("correlation_id");


CREATE INDEX "IX_po_instance_definition_id_status" ON "po_instance" ("definition_id", "status");


CREATE INDEX "IX_po_instance_status_updated_at" ON "po_instance" ("status", "updated_at");


CREATE UNIQUE INDEX "IX_po_kiosk_event_id" ON "po_kiosk_event" ("id");


CREATE INDEX "IX_po_message_at" ON "po_message" ("at");


CREATE INDEX "IX_po_message_instance_id" ON "po_message" ("instance_id");


CREATE INDEX "IX_po_outbox_due_at" ON "po_outbox" ("due_at") WHERE sent_at IS NULL AND parked_at IS NULL;


CREATE INDEX "IX_po_outbox_instance_id" ON "po_outbox" ("instance_id");


CREATE INDEX "IX_po_paperwork_instance_id" ON "po_paperwork" ("instance_id");


CREATE INDEX "IX_po_task_instance_id" ON "po_task" ("instance_id");


CREATE INDEX "IX_po_task_state_role" ON "po_task" ("state", "role");


CREATE INDEX "IX_po_trigger_hash" ON "po_trigger" ("hash");


CREATE INDEX "IX_po_work_bookmark_id" ON "po_work" ("bookmark_id");


CREATE INDEX "IX_po_work_due_at" ON "po_work" ("due_at") WHERE parked_at IS NULL;


CREATE INDEX "IX_po_work_instance_id" ON "po_work" ("instance_id");



