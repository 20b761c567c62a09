"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { count } from "../../format/money.ts";
import type { Loaded } from "../../http/use-loaded.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { Callout } from "../../ui/states.tsx";
import { Tag } from "../../ui/tag.tsx";
import type { Forecast } from "./quota-data.ts";

/** What the planned pushes will use. A forecast that did not load says so: nothing planned looks otherwise. */
export function ForecastList({ forecast }: { forecast: Loaded<Forecast> }) {
  const words = useTranslations("quota");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const { value, failure, loading, reload } = forecast;
  const plans = value?.spans.flatMap((span) => span.plans) ?? [];
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
      {plans.length > 0 ? (
        <section aria-label={words("forecast")} className="rounded-md border p-3">
          <h2 className="text-sm font-semibold">{words("forecast")}</h2>
          <ul>
            {plans.map((plan) => (
              <li key={plan.pushId} className="flex flex-wrap items-center gap-3 py-1 text-sm">
                <span className="text-dim tabular-nums">{plan.day}</span>
                {plan.mayOpen ? (
                  <Link className="text-act-ink hover:underline" href={`/shows/${plan.sessionId}/pushes`}>
                    {plan.title ?? words("otherPush")}
                  </Link>
                ) : (
                  <span>{plan.title ?? words("otherPush")}</span>
                )}
                <span className="text-xs text-faint">{plan.showTitle}</span>
                <span className="text-xs text-dim">{words("takes", { count: count(plan.targets) })}</span>
                {plan.unreached > 0 ? (
                  <Tag tone="wait">{words("unreached", { count: count(plan.unreached) })}</Tag>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}
