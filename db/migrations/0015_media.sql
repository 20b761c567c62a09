CREATE TABLE "media" (
	"key" text PRIMARY KEY NOT NULL,
	"room_id" text NOT NULL,
	"mime" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "media_room" ON "media" USING btree ("room_id","created_at");