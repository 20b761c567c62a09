import { parseCallbackXml } from "../callback-xml.ts";
import { readCallback, type CallbackEvent } from "./callback-event.ts";

/** From the stored text, so that what a later version reads from it counts. */
export function storedEvent(message: string): CallbackEvent {
  const tree = parseCallbackXml(message);
  return (tree && readCallback(tree)?.event) ?? { kind: "other" };
}
