import { z } from "zod";
import { refuse, type Refusal } from "./endpoint.ts";

const Action = z.looseObject({ type: z.union([z.literal(1), z.literal(2)]) });
const Shared = {
  main_title: z.looseObject({ title: z.string().default(""), desc: z.string().default("") }).optional(),
  sub_title_text: z.string().default(""),
  horizontal_content_list: z.array(z.looseObject({})).max(6).default([]),
  jump_list: z.array(z.looseObject({})).max(3).default([]),
  card_action: Action,
};
const TextNotice = z.looseObject({ card_type: z.literal("text_notice"), ...Shared });
const NewsNotice = z.looseObject({
  card_type: z.literal("news_notice"),
  ...Shared,
  card_image: z.looseObject({ url: z.string().min(1) }).optional(),
  image_text_area: z.looseObject({}).optional(),
  vertical_content_list: z.array(z.looseObject({})).max(4).default([]),
});
const Notice = z.discriminatedUnion("card_type", [TextNotice, NewsNotice]);

/** §5: robots have the two "notice" cards only. Null: fine. */
export function checkedNotice(card: unknown): Refusal | null {
  const parsed = Notice.safeParse(card);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse(40058, `invalid Request Parameter: template_card.${issue?.path.join(".") ?? ""}`);
  }
  const { card_type: type, main_title: title, sub_title_text: subTitle } = parsed.data;
  const hasTitle = (title?.title ?? "") !== "" || (type === "text_notice" && subTitle !== "");
  return hasTitle ? null : refuse(40063, "some parameters are empty: template_card.main_title.title");
}
