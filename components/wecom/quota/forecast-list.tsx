"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { count } from "../../format/money.ts";
import type { Loaded } from "../../http/use-loaded.ts";
import { useList } from "../../ui/use-list.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { Callout } from "../../ui/states.tsx";
import { Tag } from "../../ui/tag.tsx";
import { leftParts, type Forecast } from "./quota-data.ts";

/** What the planned pushes will use. A forecast that did not load says so: nothing planned looks otherwise. */
export function ForecastList({ forecast }: { forecast: Loaded<Forecast> }) {
  const words = useTranslations("quota");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const { value, failure, loading, reload } = forecast;
  const spans = value?.spans.filter(({ plans }) => plans.length > 0) ?? [];
  return (
    <>
      {failure ? (
        <Callout
          tone="wait"
          actions={
            <Button size="sm" busy={loading} onClick={reload}>
              {ui("retry")}
            </Button>
          }
        >
          {words(value ? "forecastOld" : "forecastFailed", { reason: explain(failure) })}
        </Callout>
      ) : null}
      {value && spans.length > 0 ? (
        <section aria-label={words("forecast")} className="rounded-md border p-3">
          <h2 className="text-sm font-semibold">{words("forecast")}</h2>
          {spans.map((span) => (
            <SpanPlans key={span.from} span={span} unreached={value.unreached} />
          ))}
        </section>
      ) : null}
    </>
  );
}

type Span = Forecast["spans"][number];
type Unreached = Forecast["unreached"];

/** The plans of one month, week or day, and what they leave. */
function SpanPlans({ span, unreached }: { span: Span; unreached: Unreached }) {
  const words = useTranslations("quota");
  const { from, to, plans, left, unsure } = span;
  const parts = leftParts(left).map(({ key, count: targets, over }) =>
    words(key, { count: count(targets), over: count(over) }),
  );
  return (
    <div className="mt-3">
      <p className="flex flex-wrap gap-x-3 border-b pb-1.5 text-xs text-dim tabular-nums">
        <span>{from === to ? from : words("spanDays", { from, to })}</span>
        <span>{words("afterAll", { parts: parts.join(" · ") })}</span>
        {unsure > 0 ? <span className="text-wait-ink">{words("unsure", { count: count(unsure) })}</span> : null}
      </p>
      <ul className="pt-1">
        {plans.map((plan) => (
          <PlanLine
            key={plan.pushId}
            plan={plan}
            isDay={from === to}
            missed={unreached.find(({ pushId }) => pushId === plan.pushId) ?? null}
          />
        ))}
      </ul>
    </div>
  );
}

/** `isDay`: the day stands above it already. */
function PlanLine({
  plan,
  isDay,
  missed,
}: {
  plan: Span["plans"][number];
  isDay: boolean;
  missed: Unreached[number] | null;
}) {
  const words = useTranslations("quota");
  return (
    <li className="py-1 text-sm">
      <span
        className={cn(
          "flex flex-wrap items-center gap-x-3 gap-y-0.5 lg:grid",
          isDay
            ? "lg:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_7rem_9rem]"
            : "lg:grid-cols-[2.75rem_minmax(0,2fr)_minmax(0,2fr)_7rem_9rem]",
        )}
      >
        {isDay ? null : <span className="text-dim tabular-nums">{plan.day.slice(5)}</span>}
        {plan.mayOpen ? (
          <Link
            className="min-w-0 truncate text-act-ink hover:underline"
            title={plan.title ?? ""}
            href={`/shows/${plan.sessionId}/pushes`}
          >
            {plan.title ?? words("otherPush")}
          </Link>
        ) : (
          <span className="min-w-0 truncate">{plan.title ?? words("otherPush")}</span>
        )}
        <span className="min-w-0 truncate text-xs text-faint" title={plan.showTitle ?? ""}>
          {plan.showTitle}
        </span>
        <span className="text-xs text-dim tabular-nums lg:text-right">
          {words("takes", { count: count(plan.targets) })}
        </span>
        {plan.unreached > 0 ? (
          <Tag tone="wait" className="justify-self-start">
            {words("unreached", { count: count(plan.unreached) })}
          </Tag>
        ) : null}
      </span>
      {missed ? <Names missed={missed} /> : null}
    </li>
  );
}

/** Who they are: at most as many as the server names. */
function Names({ missed: { targets, count: all } }: { missed: Unreached[number] }) {
  const words = useTranslations("quota");
  const list = useList();
  const names = targets.map(({ name }) => name ?? words("unnamedOne"));
  const rest = all > names.length ? words("andMoreNames", { count: count(all) }) : "";
  return (
    <details className="text-xs text-dim">
      <summary className="cursor-pointer">{words("whoUnreached", { count: count(all) })}</summary>
      <p className="mt-1 rounded-md border bg-sunken px-3 py-2">
        {list(names)}
        {rest}
      </p>
    </details>
  );
}
