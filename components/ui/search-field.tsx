"use client";
import { useEffect, useState } from "react";
import { cn } from "./cn.ts";
import { Icon } from "./icon.tsx";
import { Input } from "./input.tsx";

/** Wait for a pause in typing before asking the server. */
const TYPING_MS = 250;

type Props = { label: string; value: string; onChange: (value: string) => void; className?: string };

/** Words to look for; told once somebody pauses. */
export function SearchField({ label, value, onChange, className }: Props) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => onChange(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <div className={cn("relative", className)}>
      <Icon name="search" size={14} className="pointer-events-none absolute top-2.5 left-2.5 text-faint" />
      <Input
        className="pl-8"
        value={text}
        maxLength={80}
        placeholder={label}
        aria-label={label}
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  );
}
