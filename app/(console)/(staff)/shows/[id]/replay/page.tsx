import { redirect } from "next/navigation";

/** Links of old: any second of a show is looked at in its review. */
export default async function Replay({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  redirect(`/shows/${id}/review`);
}
