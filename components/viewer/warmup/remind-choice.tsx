"use client";
import { Card } from "../card.tsx";
import type { Landing } from "../landing.ts";
import { useWarmupWords } from "./warmup-words.ts";

type Choice = {
  readonly channels: Landing["settings"]["remind"];
  readonly chosen: readonly string[];
  readonly choose: (chosen: readonly string[]) => void;
  readonly busy?: boolean;
};

/** "We remind you" stands here only with channels that work on this page: to a subscription message people agree in a mini program alone. */
export function RemindChoice({ channels: named, chosen, choose, busy = false }: Choice) {
  const words = useWarmupWords();
  const channels = named.filter((channel) => channel !== "subscription");
  if (channels.length === 0) return null;
  return (
    <Card title={words.remindMe}>
      {channels.map((channel) => (
        <label key={channel} className="flex min-h-11 items-center gap-3 text-base">
          <input
            type="checkbox"
            className="size-5 shrink-0 accent-act"
            disabled={busy}
            checked={chosen.includes(channel)}
            onChange={({ target }) =>
              choose(target.checked ? [...chosen, channel] : chosen.filter((one) => one !== channel))
            }
          />
          <span className="min-w-0">{words.reminders[channel]}</span>
        </label>
      ))}
    </Card>
  );
}
