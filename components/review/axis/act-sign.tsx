import { ToneShape } from "../../ui/tag.tsx";
import type { ReviewAct } from "../act-steps.ts";

const ink = {
  air: "text-air",
  wait: "text-wait",
  act: "text-act-ink",
  private: "text-private",
  public: "text-public",
  plain: "text-faint",
} as const;

/** The sign of an act, by colour and shape. */
export function ActSign({ tone, size = 8 }: { tone: ReviewAct["tone"]; size?: number }) {
  return (
    <span aria-hidden className={ink[tone]}>
      {tone === "plain" ? (
        <span className="block size-1.5 rounded-full bg-current" />
      ) : (
        <ToneShape tone={tone} size={size} />
      )}
    </span>
  );
}
