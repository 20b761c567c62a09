import { notFound } from "next/navigation";

/** With a root layout for each group Next has no page of its own for addresses that nobody serves. */
export default function Missing() {
  notFound();
}
