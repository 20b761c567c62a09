/** On air: a red disc in its ring. */
export function Logo({ size = 18 }: { size?: number }) {
  return (
    <svg aria-hidden width={size} height={size} viewBox="0 0 24 24" className="text-air">
      <circle cx="12" cy="12" r="5.2" fill="currentColor" />
      <circle cx="12" cy="12" r="9.5" fill="none" stroke="currentColor" strokeWidth="2" opacity="0.5" />
    </svg>
  );
}
