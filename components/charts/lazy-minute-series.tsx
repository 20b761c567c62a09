"use client";
import dynamic from "next/dynamic";
import { Skeleton } from "../ui/states.tsx";
import type { MinuteSeriesProps } from "./minute-series.tsx";

const Loaded = dynamic(() => import("./minute-series.tsx").then(({ MinuteSeries }) => MinuteSeries), {
  ssr: false,
  loading: () => <Skeleton className="h-full w-full" />,
});

/** The chart of minutes, loaded after the page: recharts alone is larger than the rest of a control room. */
export function LazyMinuteSeries<K extends string>(props: MinuteSeriesProps<K>) {
  return (
    <div style={{ height: props.height }}>
      <Loaded {...props} lines={[...props.lines]} />
    </div>
  );
}
