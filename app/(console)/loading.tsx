import { SkeletonRows } from "#components/ui/states.tsx";

export default function Loading() {
  return (
    <div className="pt-24">
      <SkeletonRows rows={8} />
    </div>
  );
}
