"use client";
import dynamic from "next/dynamic";
import { Skeleton } from "../ui/states.tsx";
import type { CourseLinesProps } from "./course-lines.tsx";

const Loaded = dynamic(() => import("./course-lines.tsx").then(({ CourseLines }) => CourseLines), {
  ssr: false,
  loading: () => <Skeleton className="h-full w-full" />,
});

/** Lines of several shows, loaded after the page. */
export function LazyCourseLines(props: CourseLinesProps) {
  return (
    <div style={{ height: props.height }}>
      <Loaded {...props} />
    </div>
  );
}
