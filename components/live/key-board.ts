import { keyName, keysAreTaken, type KeyName } from "../ui/hotkeys.ts";

/**
 * The keys of the desk in one place: what is bound is what the palette lists and the help prints. Keys go by their place on the
 * keyboard; they are dead in text fields, in dialogs and while an input method composes, but for those that must always work.
 */
export type Binding = {
  /** "KeyP", "Ctrl+KeyK", "F8". */
  readonly code: KeyName;
  /** As printed on the button: "P". */
  readonly key: string;
  readonly label: string;
  readonly section: KeySection;
  /** `always`: also in text fields and dialogs (holding everything). */
  readonly scope: "desk" | "always";
  /** False: this press was not for it; others may have it. */
  readonly run: (event: KeyboardEvent | null) => boolean | void;
  /** Left out of the palette (digits, Escape). */
  readonly quiet?: boolean;
};

export const KEY_SECTIONS = ["shelf", "rundown", "offers", "people", "show"] as const;
export type KeySection = (typeof KEY_SECTIONS)[number];

/** Takes the keys before the desk does while something short is open (presets, coupons). True: taken. */
export type Layer = (name: KeyName) => boolean;

/** The same letter twice within this is one press of a finger that bounced: many letters undo what they did when pressed again. */
export const BOUNCE_MS = 350;

export class KeyBoard {
  readonly #bounceMs: number;
  #last: { readonly name: KeyName; readonly at: number } = { name: "", at: -Infinity };
  readonly #bindings = new Set<{ current: Binding }>();
  readonly #layers: Layer[] = [];
  readonly #listeners = new Set<() => void>();
  #list: readonly Binding[] = [];

  /** 0 where nothing is done by a key, and stepping fast is meant (a replay). */
  constructor(bounceMs: number) {
    this.#bounceMs = bounceMs;
  }

  bind(binding: { current: Binding }): () => void {
    this.#bindings.add(binding);
    this.#changed();
    return () => {
      this.#bindings.delete(binding);
      this.#changed();
    };
  }

  addLayer(layer: Layer): () => void {
    this.#layers.push(layer);
    return () => {
      const at = this.#layers.indexOf(layer);
      if (at >= 0) this.#layers.splice(at, 1);
    };
  }

  /** Everything bound now, in the order in which it was bound. */
  list = (): readonly Binding[] => this.#list;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  press = (event: KeyboardEvent): void => {
    if (event.repeat || event.isComposing || event.keyCode === 229) return;
    const name = keyName(event);
    const bounced =
      name.startsWith("Key") && name === this.#last.name && event.timeStamp - this.#last.at < this.#bounceMs;
    this.#last = { name, at: event.timeStamp };
    // What stops or holds comes before whatever is being typed.
    if (this.#run(name, "always", event)) return this.#swallow(event);
    if (keysAreTaken(event)) return;
    if (bounced) return this.#swallow(event);
    if (this.#layers.toReversed().some((layer) => layer(name)) || this.#run(name, "desk", event)) this.#swallow(event);
  };

  #run(name: KeyName, scope: Binding["scope"], event: KeyboardEvent): boolean {
    for (const { current } of this.#bindings) {
      if (current.code === name && current.scope === scope && current.run(event) !== false) return true;
    }
    return false;
  }

  #swallow(event: KeyboardEvent): void {
    event.preventDefault();
    event.stopPropagation();
  }

  #changed(): void {
    this.#list = [...this.#bindings].map(({ current }) => current);
    for (const listener of this.#listeners) listener();
  }
}
