CREATE TABLE "push_tasks" (
	"session_id" text NOT NULL,
	"push_id" text NOT NULL,
	"task_id" text NOT NULL,
	"role" text NOT NULL,
	"round" integer NOT NULL,
	"staff_id" text,
	"robot_id" text,
	"state" text NOT NULL,
	"msgid" text,
	"errcode" integer,
	"targets" integer NOT NULL,
	"over" integer NOT NULL,
	"sent" integer NOT NULL,
	"unsent" integer NOT NULL,
	"ticks" integer NOT NULL,
	"opens" integer NOT NULL,
	"reminders" integer NOT NULL,
	"pressed_at" bigint,
	CONSTRAINT "push_tasks_session_id_task_id_pk" PRIMARY KEY("session_id","task_id")
);
--> statement-breakpoint
CREATE TABLE "report_pushes" (
	"session_id" text NOT NULL,
	"push_id" text NOT NULL,
	"room_id" text NOT NULL,
	"rehearsal" boolean NOT NULL,
	"corp_id" text,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"status" text NOT NULL,
	"held_reason" text,
	"send_at" bigint,
	"handed_over_at" bigint,
	"expires_at" bigint,
	"went_out_at" bigint,
	"targets" integer NOT NULL,
	"over" integer NOT NULL,
	"sent" integer NOT NULL,
	"unsent" integer NOT NULL,
	"not_friend" integer NOT NULL,
	"over_quota" integer NOT NULL,
	"invalid" integer NOT NULL,
	"ticks" integer NOT NULL,
	"opens" integer NOT NULL,
	"tasks" jsonb NOT NULL,
	"active" boolean NOT NULL,
	CONSTRAINT "report_pushes_session_id_push_id_pk" PRIMARY KEY("session_id","push_id")
);
--> statement-breakpoint
CREATE INDEX "push_tasks_push" ON "push_tasks" USING btree ("session_id","push_id");--> statement-breakpoint
CREATE INDEX "push_tasks_code" ON "push_tasks" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "push_tasks_staff" ON "push_tasks" USING btree ("staff_id","state");--> statement-breakpoint
CREATE INDEX "report_pushes_active" ON "report_pushes" USING btree ("active","session_id");--> statement-breakpoint
CREATE INDEX "report_pushes_room_time" ON "report_pushes" USING btree ("room_id","send_at");