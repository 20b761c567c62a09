import type { Block, LandingSettings } from "../landing/blocks.ts";
import type { LandingState } from "../landing/state.ts";
import type { LotteryState } from "../lottery/state.ts";
import type { Finding } from "./finding.ts";
import { lintPromises, type Had } from "./promises.ts";
import { lacking, lintTexts, type Text } from "./texts.ts";

/** The landing page's draft: what is to be published. */

const PROMISES_REMINDER = /(?:会|将|我们)?提醒(?:你|您|大家)|开播(?:前)?提醒/;
const DRAWS = /抽奖|抽取|抽[0-9一二三四五六七八九十百]+|福袋|幸运(?:观众|用户|粉丝)/;
const SAYS_ODDS = /[0-9一二三四五六七八九十百]+\s?(?:名|份|个|位|件|张)|概率|中奖率/;

const at = (block: { readonly blockId: string; readonly title: string }) => ({
  kind: "landing" as const,
  id: block.blockId,
  title: block.title,
});
const page = (field: string) => ({ kind: "landing" as const, id: field, title: "" });

const linted = new WeakMap<Block, readonly Finding[]>();

export function lintLanding({ blocks, settings }: LandingState, { lotteries }: LotteryState): Finding[] {
  const texts = blocks.flatMap((block) => textsOf(block).map((text) => ({ block, ...text })));
  const promised = settings.remind.length === 0 ? texts.find(({ text }) => PROMISES_REMINDER.test(text)) : undefined;
  const drawn = texts.filter(({ text }) => DRAWS.test(text) && !SAYS_ODDS.test(text));
  const draws = [...lotteries.values()].some(({ state, carrier }) => state === "planned" && carrier === "ownDraw");
  const unruled = (draws || texts.some(({ text }) => DRAWS.test(text))) && !blocks.some(({ kind }) => kind === "rules");
  return [
    ...blocks.flatMap((block) => keptOf(block)),
    ...settingsFindings(settings),
    ...(promised
      ? [lacking("remindWithoutChannel", at(promised.block), promised.field, promised.text.slice(0, 60))]
      : []),
    ...drawn.map(({ block, field, text }) => lacking("oddsNotSaid", at(block), field, text.slice(0, 60))),
    ...(unruled && blocks.length > 0 ? [lacking("noDrawRules", page("blocks"), "rules")] : []),
  ];
}

/** A block that shows them says which; the words of the others are taken for what the show has. */
export const landingPromises = ({ blocks }: Pick<LandingState, "blocks">, had: Had): Finding[] =>
  blocks.flatMap((block) => lintPromises(block, had, () => ({ ...at(block), texts: textsOf(block) })));

function keptOf(block: Block): readonly Finding[] {
  const known = linted.get(block);
  if (known) return known;
  const found = lintTexts({ ...at(block), h5: true, texts: textsOf(block) });
  linted.set(block, found);
  return found;
}

function settingsFindings({ consentText, reserve }: LandingSettings): Finding[] {
  const texts = [
    { field: "consentText", text: consentText },
    ...(reserve.by === "card" ? [{ field: "reserve", text: reserve.how }] : []),
  ];
  return lintTexts({ ...page("settings"), h5: true, texts });
}

function textsOf(block: Block): Text[] {
  const of = (field: string, text: string): Text => ({ field, text });
  const title = of("title", block.title);
  switch (block.kind) {
    case "hero":
      return [title, of("subtitle", block.subtitle)];
    case "benefits":
      return [title, ...block.items.flatMap((item) => [of("items", item.title), of("items", item.text)])];
    case "act":
    case "rules":
      return [title, of("text", block.text)];
    case "proof":
    case "agenda":
    case "quotes":
      return [title, ...block.items.map(({ text }) => of("items", text))];
    case "host":
      return [title, of("text", block.text)];
    case "faq":
      return [title, ...block.items.flatMap((item) => [of("items", item.question), of("items", item.answer)])];
    case "how":
      return [title, ...block.steps.map((step) => of("steps", step))];
    case "products":
    case "coupons":
      return [title];
  }
}
