CREATE TABLE "wecom_callbacks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "wecom_callbacks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"app_key" text NOT NULL,
	"dedupe_key" text NOT NULL,
	"name" text NOT NULL,
	"object" text NOT NULL,
	"happened_at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"raw" text NOT NULL,
	"message" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" bigint NOT NULL,
	"worker" text,
	"lease_until" bigint DEFAULT 0 NOT NULL,
	"outcome" text,
	"welcome" text,
	"welcome_until" bigint,
	"welcome_lease_until" bigint DEFAULT 0 NOT NULL,
	"welcome_reason" text
);
--> statement-breakpoint
CREATE UNIQUE INDEX "wecom_callbacks_once" ON "wecom_callbacks" USING btree ("app_key","dedupe_key");--> statement-breakpoint
CREATE INDEX "wecom_callbacks_received" ON "wecom_callbacks" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "wecom_callbacks_waiting" ON "wecom_callbacks" USING btree ("app_key","object") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "wecom_callbacks_welcome" ON "wecom_callbacks" USING btree ("id") WHERE welcome = 'waiting';