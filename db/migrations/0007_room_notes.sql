CREATE TABLE "improvement_outcomes" (
	"session_id" text NOT NULL,
	"improvement_id" text NOT NULL,
	"rehearsal" boolean NOT NULL,
	"outcome" text NOT NULL,
	"note" text NOT NULL,
	"measured" double precision,
	"found_at" bigint NOT NULL,
	CONSTRAINT "improvement_outcomes_session_id_improvement_id_pk" PRIMARY KEY("session_id","improvement_id")
);
--> statement-breakpoint
CREATE TABLE "room_improvements" (
	"session_id" text NOT NULL,
	"improvement_id" text NOT NULL,
	"room_id" text NOT NULL,
	"rehearsal" boolean NOT NULL,
	"text" text NOT NULL,
	"owner_id" text,
	"measure" jsonb,
	"due_session_id" text,
	"written_at" bigint NOT NULL,
	CONSTRAINT "room_improvements_session_id_improvement_id_pk" PRIMARY KEY("session_id","improvement_id")
);
--> statement-breakpoint
CREATE TABLE "room_lessons" (
	"session_id" text NOT NULL,
	"lesson_id" text NOT NULL,
	"room_id" text NOT NULL,
	"text" text NOT NULL,
	"rule" jsonb NOT NULL,
	"written_at" bigint NOT NULL,
	"retired_at" bigint,
	CONSTRAINT "room_lessons_session_id_lesson_id_pk" PRIMARY KEY("session_id","lesson_id")
);
--> statement-breakpoint
CREATE INDEX "improvement_outcomes_improvement" ON "improvement_outcomes" USING btree ("improvement_id");--> statement-breakpoint
CREATE INDEX "room_improvements_room" ON "room_improvements" USING btree ("room_id","written_at");--> statement-breakpoint
CREATE INDEX "room_lessons_room" ON "room_lessons" USING btree ("room_id","written_at");