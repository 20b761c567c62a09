import type { WecomClient } from "./client.ts";
import type { RobotClient } from "./robot-client.ts";
import type { World } from "./wecom-line.ts";

/**
 * Which WeCom a show speaks to. It follows from the show's own rehearsal flag and from nothing else: whoever pushes asks here, and what a rehearsal
 * gets was made without any way to the real one (rehearsal-wecom.ts).
 */
export type ShowWecom<W extends World> = {
  readonly world: W;
  /** `corp` and `robot` are ids of rows, or in a rehearsal of its stand-in. Null: there is none. */
  clientFor(corp: string): Promise<WecomClient<W> | null>;
  robotFor(robot: string): Promise<RobotClient<W> | null>;
};

export type RealWecom = ShowWecom<"real">;
export type RehearsalWecom = ShowWecom<"rehearsal">;

export type WecomFor = {
  (show: { readonly rehearsal: true }): RehearsalWecom;
  (show: { readonly rehearsal: false }): RealWecom;
  (show: { readonly rehearsal: boolean }): RehearsalWecom | RealWecom;
};

export function createWecomFor(real: RealWecom, rehearsal: RehearsalWecom): WecomFor {
  function wecomFor(show: { readonly rehearsal: true }): RehearsalWecom;
  function wecomFor(show: { readonly rehearsal: false }): RealWecom;
  function wecomFor(show: { readonly rehearsal: boolean }): RehearsalWecom | RealWecom;
  function wecomFor(show: { readonly rehearsal: boolean }): RehearsalWecom | RealWecom {
    return show.rehearsal ? rehearsal : real;
  }
  return wecomFor;
}
