CREATE TABLE "push_targets" (
	"session_id" text NOT NULL,
	"task_id" text NOT NULL,
	"target_id" text NOT NULL,
	"push_id" text NOT NULL,
	"over" boolean NOT NULL,
	"status" text,
	"status_at" bigint,
	"ticked_at" bigint,
	"ticked_by" text,
	CONSTRAINT "push_targets_session_id_task_id_target_id_pk" PRIMARY KEY("session_id","task_id","target_id")
);
--> statement-breakpoint
CREATE INDEX "push_targets_target" ON "push_targets" USING btree ("target_id");--> statement-breakpoint
CREATE INDEX "push_targets_push" ON "push_targets" USING btree ("session_id","push_id");