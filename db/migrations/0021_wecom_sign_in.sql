CREATE TABLE "wecom_member_people" (
	"member_id" text PRIMARY KEY NOT NULL,
	"person_id" text,
	"asked_at" bigint,
	"mapped_by" text,
	"mapped_at" bigint
);
--> statement-breakpoint
ALTER TABLE "wecom_member_people" ADD CONSTRAINT "wecom_member_people_member_id_wecom_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."wecom_members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wecom_member_people" ADD CONSTRAINT "wecom_member_people_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "wecom_member_people_person" ON "wecom_member_people" USING btree ("person_id");