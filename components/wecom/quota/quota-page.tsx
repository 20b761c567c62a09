"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { count } from "../../format/money.ts";
import { dayTime } from "../../format/time.ts";
import { AnyAnswer, request } from "../../http/request.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { LoadedSection } from "../../settings/loaded-section.tsx";
import { useMe } from "../../shell/me-provider.tsx";
import { useList } from "../../ui/use-list.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { EmptyState } from "../../ui/states.tsx";
import { Segmented } from "../../ui/tabs.tsx";
import { Tag } from "../../ui/tag.tsx";
import { notify } from "../../ui/toast.tsx";
import { useWecomFailure } from "../use-wecom-failure.ts";
import { wecomRightsOf } from "../wecom-rights.ts";
import { type OfCorp, WithCorp } from "../with-corp.tsx";
import { ForecastList } from "./forecast-list.tsx";
import { Forecast, pushNames, Standing, type QuotaRow } from "./quota-data.ts";
import { RuleChoice } from "./rule-choice.tsx";

const PAGE = 100;
const LOOK_MS = 2_000;
const AGAIN_MS = 10_000;

export function QuotaPage() {
  return <WithCorp>{(of) => <Quota key={of.corp.id} {...of} />}</WithCorp>;
}

/** What WeCom still lets each group receive: used, reserved and left; what the plan uses, and whom it will not reach. */
function Quota({ corp, picker }: OfCorp) {
  const words = useTranslations("quota");
  const [kind, setKind] = useState<"groups" | "customers">("groups");
  const [offset, setOffset] = useState(0);
  const path = `/api/v1/wecom/corps/${corp.id}/quota`;
  const query = `${path}?kind=${kind}&offset=${offset}&limit=${PAGE}`;
  const standing = useLoaded(query, (signal) => request(query, { shape: Standing, signal }));
  const forecastPath = `${path}/forecast`;
  const forecast = useLoaded(forecastPath, (signal) => request(forecastPath, { shape: Forecast, signal }));
  const isReading = ["waiting", "running"].includes(standing.value?.reading.state ?? "");
  const { reload } = standing;
  const { reload: reloadForecast } = forecast;
  useEffect(() => {
    const timer = setInterval(reload, isReading ? LOOK_MS : AGAIN_MS);
    return () => clearInterval(timer);
  }, [isReading, reload]);
  // Others plan meanwhile, and what was planned this second has its name a moment later.
  useEffect(() => {
    const timer = setInterval(reloadForecast, AGAIN_MS);
    return () => clearInterval(timer);
  }, [reloadForecast]);
  return (
    <div className="flex h-full flex-col gap-4 overflow-y-auto px-6 pt-3 pb-6 max-sm:px-3">
      <div className="flex flex-wrap items-center gap-3">
        {picker}
        <Segmented
          label={words("kind")}
          value={kind}
          onChange={(next) => {
            setKind(next);
            setOffset(0);
          }}
          options={[
            { value: "groups", label: words("groups") },
            { value: "customers", label: words("customers") },
          ]}
        />
        {standing.value ? <Reading path={path} standing={standing.value} onStarted={reload} /> : null}
      </div>
      <ForecastList forecast={forecast} />
      <LoadedSection loaded={standing}>
        {(value) => (
          <section className="flex flex-col gap-2">
            <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-dim">
              <RuleChoice
                corpId={corp.id}
                rule={value.rule}
                onSet={() => {
                  reload();
                  forecast.reload();
                }}
              />
              <p role="status">
                {words("sum", {
                  targets: count(value.sum.targets),
                  empty: count(value.sum.empty),
                  unsure: count(value.sum.unknown + value.sum.atLeast),
                })}
              </p>
            </div>
            {value.rows.length === 0 ? <Nobody kind={kind} /> : <Rows rows={value.rows} limit={value.span.limit} />}
            <div className={value.total > PAGE ? "flex items-center gap-2" : "hidden"}>
              <Button size="sm" disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
                {words("before")}
              </Button>
              <Button size="sm" disabled={offset + PAGE >= value.total} onClick={() => setOffset(offset + PAGE)}>
                {words("next")}
              </Button>
            </div>
          </section>
        )}
      </LoadedSection>
    </div>
  );
}

function Reading({ path, standing, onStarted }: { path: string; standing: Standing; onStarted: () => void }) {
  const words = useTranslations("quota");
  const explain = useFailure();
  const trouble = useWecomFailure();
  const { write } = wecomRightsOf(useMe());
  const { state, done, endedAt, failure } = standing.reading;
  const isReading = state === "waiting" || state === "running";
  const start = async () => {
    const reply = await request(`${path}/read`, { method: "POST", shape: AnyAnswer });
    if (reply.ok) onStarted();
    else notify({ tone: "air", title: explain(reply.failure) });
  };
  return (
    <span className="ml-auto flex items-center gap-3 text-xs text-dim" role="status">
      {failure ? <span className="text-wait-ink">{trouble(failure)}</span> : null}
      {isReading
        ? words("reading", { count: count(done) })
        : endedAt === null
          ? words("neverRead")
          : words("readAt", { time: dayTime(endedAt) })}
      {write ? (
        <Button size="sm" busy={isReading} onClick={() => void start()}>
          {words("readNow")}
        </Button>
      ) : null}
    </span>
  );
}

/** Groups are there once they were read; customers stand here only when something is known of them. */
function Nobody({ kind }: { kind: "groups" | "customers" }) {
  const words = useTranslations("quota");
  const { write } = wecomRightsOf(useMe());
  if (kind === "customers") {
    return <EmptyState icon="user" title={words("noCustomersTitle")} text={words("noCustomers")} />;
  }
  const toGroups = (
    <Button asChild>
      <Link href="/wecom/groups">{words("toGroups")}</Link>
    </Button>
  );
  return <EmptyState icon="user" title={words("noneTitle")} text={words("none")} actions={write ? toGroups : null} />;
}

const cell = "border-b px-3 py-1.5 text-left text-sm whitespace-nowrap max-sm:px-2";

/** What is left is at most that while not all that was used has been read. */
function Left({ row: { left, used, known }, limit }: { row: QuotaRow; limit: number }) {
  const words = useTranslations("quota");
  if (left === 0) return <Tag tone="air">{words(used < limit && known === "exact" ? "booked" : "empty")}</Tag>;
  if (known === "exact") return `${left} / ${limit}`;
  return <span title={words("atMostHelp")}>{words("atMost", { left, limit })}</span>;
}

function Rows({ rows, limit }: { rows: readonly QuotaRow[]; limit: number }) {
  const words = useTranslations("quota");
  const list = useList();
  return (
    <div className="overflow-x-auto">
      <table className="w-full sm:min-w-[640px]">
        <thead className="text-xs text-dim">
          <tr>
            {(["name", "used", "reserved", "left", "pushes"] as const).map((column) => (
              <th key={column} scope="col" className={cn(cell, column === "pushes" && "max-sm:hidden")}>
                {words(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className={`${cell} max-w-64 truncate max-sm:max-w-32`} title={row.name ?? ""}>
                {row.name ?? words("unnamed")}
                {row.ownerName === null ? null : (
                  <span className="ml-2 text-xs text-faint max-sm:ml-0 max-sm:block">{row.ownerName}</span>
                )}
              </td>
              <td className={`${cell} tabular-nums`}>
                {row.known === "unknown" ? (
                  <Tag tone="wait">{words("unknown")}</Tag>
                ) : (
                  words(row.known, { count: row.used })
                )}
                {row.own > 0 ? (
                  <span className="ml-2 text-xs text-faint">{words("own", { count: row.own })}</span>
                ) : null}
              </td>
              <td className={`${cell} tabular-nums`}>{row.reserved}</td>
              <td className={`${cell} tabular-nums`}>
                <Left row={row} limit={limit} />
              </td>
              <td
                className={`${cell} max-w-64 truncate max-sm:hidden`}
                title={list(pushNames(row, words("otherPush")))}
              >
                {list(pushNames(row, words("otherPush")))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
