ALTER TABLE "room_lessons" ADD COLUMN "rehearsal" boolean DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE "room_lessons" SET "rehearsal" = "shows"."rehearsal" FROM "shows" WHERE "shows"."id" = "room_lessons"."session_id";
