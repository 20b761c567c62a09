import type { ReactNode } from "react";
import { useWords } from "./forward-words.ts";
import { Card } from "./parts.tsx";

/** Kaibo can't forward the native card: WeChat lets a hand do it alone. So the hand is shown how. */
export function HowTo() {
  const words = useWords();
  const steps = [
    { text: words.howOpen, picture: <Room /> },
    { text: words.howShare, picture: <Share /> },
    { text: words.howPick, picture: <Pick /> },
    { text: words.howSend, picture: <Send /> },
    { text: words.howTick, picture: <Tick /> },
  ];
  return (
    <Card title={words.howTitle}>
      <ol className="mt-2 space-y-2">
        {steps.map(({ text, picture }, index) => (
          <li key={text} className="flex items-center gap-3">
            <svg viewBox="0 0 44 56" aria-hidden className="h-14 w-11 shrink-0 text-act" fill="none" strokeWidth="2">
              <rect x="1" y="1" width="42" height="54" rx="6" className="fill-ground stroke-edge" />
              {picture}
            </svg>
            <span className="min-w-0 flex-1">
              <b className="mr-1 text-act">{index + 1}</b>
              {text}
            </span>
          </li>
        ))}
      </ol>
      <p className="pt-2 text-sm text-dim">{words.howHint}</p>
    </Card>
  );
}

const lines: Readonly<Record<string, ReactNode>> = {
  groups: [16, 28, 40].map((y) => <path key={y} d={`M18 ${y}h18`} className="stroke-edge" />),
};

function Room() {
  return (
    <>
      <circle cx="22" cy="24" r="7" className="stroke-edge" />
      <path d="M10 44c2-7 22-7 24 0" className="stroke-edge" />
      <rect x="6" y="6" width="14" height="7" rx="3.5" className="fill-air" />
    </>
  );
}

function Share() {
  return (
    <>
      <circle cx="28" cy="10" r="2" className="fill-current" />
      <circle cx="33" cy="10" r="2" className="fill-current" />
      <circle cx="38" cy="10" r="2" className="fill-current" />
      <path d="M10 36v-4c0-4 4-6 8-6h8m-5-6 6 6-6 6" className="stroke-current" />
    </>
  );
}

function Pick() {
  return (
    <>
      {lines["groups"]}
      <path d="m7 16 2 2 4-5M7 28l2 2 4-5" className="stroke-current" />
      <circle cx="10" cy="40" r="3" className="stroke-edge" />
    </>
  );
}

function Send() {
  return (
    <>
      <rect x="8" y="10" width="28" height="16" rx="3" className="stroke-current" />
      <path d="m19 14 7 4-7 4z" className="fill-current" />
      <path d="M8 34h28M8 42h18" className="stroke-edge" />
    </>
  );
}

function Tick() {
  return (
    <>
      <path d="M8 18h14M8 36h14" className="stroke-edge" />
      <path d="m28 18 3 3 6-7M28 36l3 3 6-7" className="stroke-sure" />
    </>
  );
}
