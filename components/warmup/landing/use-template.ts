"use client";
import { useTranslations } from "next-intl";
import type { Block } from "#domain/landing/blocks.ts";
import { useSession } from "../../session/session-provider.tsx";
import { useUndoable } from "../use-undoable.ts";
import { newBlock } from "./new-block.ts";
import { useBeginning } from "./use-beginning.ts";

/** The standard page: theme, benefits and the act; what there is and who is on air; how, questions, the act again. */
export function useTemplate(): () => Promise<boolean> {
  const words = useTranslations("warmupPlan.landing.template");
  const version = useSession((show) => show.landing.version);
  const beginning = useBeginning();
  const done = useTranslations("warmupPlan.landing.done");
  const undoable = useUndoable();
  return () => {
    const at = (part: Block["part"], title = "") => ({ blockId: beginning.newId(), part, title });
    const blocks: Block[] = [
      newBlock("hero", "opening", beginning),
      {
        ...at("opening", words("benefitsTitle")),
        kind: "benefits",
        // Nothing is promised that the show has not got.
        items: [
          ...(beginning.productIds.length > 0 ? [{ title: words("benefit1"), text: words("benefit1Text") }] : []),
          ...(beginning.couponIds.length > 0 ? [{ title: words("benefit2"), text: words("benefit2Text") }] : []),
          { title: words("benefit0"), text: words("benefit0Text") },
        ],
      },
      newBlock("act", "opening", beginning),
      ...(beginning.productIds.length > 0
        ? [{ ...newBlock("products", "proof", beginning), title: words("proofTitle") }]
        : []),
      { ...newBlock("host", "proof", beginning), title: words("hostTitle") },
      { ...at("closing", words("howTitle")), kind: "how", steps: [words("how1"), words("how2"), words("how3")] },
      { ...at("closing", words("faqTitle")), kind: "faq", items: [{ question: words("faqQ"), answer: words("faqA") }] },
      { ...at("closing"), kind: "act", text: words("actAgain") },
    ];
    return undoable("landing.setBlocks", { blocks }, { title: done("replaced"), expect: { version } });
  };
}
