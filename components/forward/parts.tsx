import type { ReactNode } from "react";

const tones = {
  calm: "border-line bg-card",
  wait: "border-wait-edge bg-wait-soft text-wait",
  air: "border-air bg-air-soft text-air",
} as const;

export function Notice({ tone, children }: { readonly tone: keyof typeof tones; readonly children: ReactNode }) {
  return (
    <p role="status" className={`rounded-xl border p-3 text-base ${tones[tone]}`}>
      {children}
    </p>
  );
}

export function Card({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="rounded-xl bg-card p-4">
      <h2 className="text-base font-semibold">{title}</h2>
      {children}
    </section>
  );
}

type ButtonProps = { readonly onPress: () => void; readonly children: ReactNode; readonly label?: string };

export function MainButton({ onPress, children, label }: ButtonProps) {
  return (
    <button
      type="button"
      onClick={onPress}
      aria-label={label}
      className="min-h-12 w-full rounded-xl bg-act px-4 text-base font-semibold text-white active:opacity-80"
    >
      {children}
    </button>
  );
}

export function PlainButton({ onPress, children, label }: ButtonProps) {
  return (
    <button
      type="button"
      onClick={onPress}
      aria-label={label}
      className="min-h-11 shrink-0 rounded-lg px-2 text-sm text-act underline underline-offset-4 active:opacity-70"
    >
      {children}
    </button>
  );
}

export function Bar({ done, all }: { readonly done: number; readonly all: number }) {
  const part = all === 0 ? 0 : Math.round((done / all) * 100);
  return (
    <div aria-hidden className="h-2 overflow-hidden rounded-full bg-line">
      <div className="h-full rounded-full bg-sure transition-[width]" style={{ width: `${part}%` }} />
    </div>
  );
}
