"use client";
import { useTranslations } from "next-intl";
import { Component, type ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/states.tsx";

/** A part that could not be fetched or drawn takes nothing else with it. The address holds the second, the stretch and the part, so the page can be opened anew. */
export class PartBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override render() {
    return this.state.failed ? <Failed /> : this.props.children;
  }
}

function Failed() {
  const words = useTranslations("review");
  return (
    <ErrorState
      title={words("partFailed")}
      text={words("partFailedText")}
      actions={<Button onClick={() => window.location.reload()}>{words("openAgain")}</Button>}
    />
  );
}
