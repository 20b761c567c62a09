"use client";
import { useTranslations } from "next-intl";
import { Component, type ReactNode } from "react";
import css from "./screen.module.css";
import { reloadOnce } from "./use-new-build.ts";

const RELOAD_MS = 3_000;

/** A board that fails says so and loads the page again, once: a page older than its server is the likeliest reason. */
export class ScreenBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override componentDidCatch() {
    setTimeout(reloadOnce, RELOAD_MS);
  }
  override render() {
    return this.state.failed ? <Failed /> : this.props.children;
  }
}

function Failed() {
  const words = useTranslations("screen.failed");
  return (
    <main className={css["page"]}>
      <h1 className={css["words"]}>{words("title")}</h1>
      <p className={css["dimWords"]}>{words("text")}</p>
    </main>
  );
}
