ALTER TABLE "wecom_contacts" ADD COLUMN "first_at" bigint;--> statement-breakpoint
CREATE INDEX "report_orders_person" ON "report_orders" USING btree ("person_id");