CREATE TABLE "import_columns" (
	"room_id" text NOT NULL,
	"kind" text NOT NULL,
	"header" text NOT NULL,
	"field" text NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "import_columns_room_id_kind_header_pk" PRIMARY KEY("room_id","kind","header")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" text PRIMARY KEY NOT NULL,
	"room_id" text NOT NULL,
	"session_id" text,
	"kind" text NOT NULL,
	"by" text NOT NULL,
	"file_name" text NOT NULL,
	"file_size" integer NOT NULL,
	"file_hash" text NOT NULL,
	"file_at" bigint NOT NULL,
	"bytes" "bytea",
	"state" text NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"result" jsonb,
	"created_at" bigint NOT NULL,
	"moved_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "imports_session" ON "imports" USING btree ("session_id","created_at");--> statement-breakpoint
CREATE INDEX "imports_created" ON "imports" USING btree ("created_at");