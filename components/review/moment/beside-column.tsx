"use client";
import { VideoPane } from "../video/video-pane.tsx";
import { useReview } from "../review-context.tsx";
import { HostView } from "./host-view.tsx";

/** Beside the control room of that second: the pictures of the stream and what the host saw. */
export function BesideColumn() {
  const { shared } = useReview();
  return (
    <div className="flex w-[312px] shrink-0 flex-col overflow-y-auto border-r">
      <VideoPane />
      {/* A link that shares the review opens no other audience. */}
      {shared ? null : <HostView />}
    </div>
  );
}
