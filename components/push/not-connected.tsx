"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "../ui/button.tsx";
import { Callout } from "../ui/states.tsx";

/** The room's shows use no company yet: nothing can be chosen, and nothing goes out. */
export function NotConnected() {
  const words = useTranslations("push.connect");
  return <LeadOn text={words("text")} action={words("action")} />;
}

/** What is missing on the page of the connection, and the way there. */
export function LeadOn({ text, action }: { text: string; action: string }) {
  return (
    <Callout
      tone="wait"
      actions={
        <Button asChild size="sm">
          <Link href="/wecom/connection">{action}</Link>
        </Button>
      }
    >
      {text}
    </Callout>
  );
}
