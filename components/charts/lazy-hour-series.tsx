"use client";
import dynamic from "next/dynamic";
import { Skeleton } from "../ui/states.tsx";
import type { HourSeriesProps } from "./hour-series.tsx";

const Loaded = dynamic(() => import("./hour-series.tsx").then(({ HourSeries }) => HourSeries), {
  ssr: false,
  loading: () => <Skeleton className="h-full w-full" />,
});

/** The chart of hours, loaded after the page it stands on. */
export function LazyHourSeries(props: HourSeriesProps) {
  return (
    <div style={{ height: props.height }}>
      <Loaded {...props} />
    </div>
  );
}
