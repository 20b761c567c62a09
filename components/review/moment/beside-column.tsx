"use client";
import { VideoPane } from "../video/video-pane.tsx";
import { HostView } from "./host-view.tsx";

/** Beside the control room of that second: the pictures of the stream and what the host saw. */
export function BesideColumn() {
  return (
    <div className="flex w-[312px] shrink-0 flex-col overflow-y-auto border-r">
      <VideoPane />
      <HostView />
    </div>
  );
}
