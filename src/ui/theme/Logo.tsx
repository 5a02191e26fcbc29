/** The mark: a tank with water and one hexagon in it. Decorative; the word stands beside it. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg className="logo" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path
        d="M3 5v13a3 3 0 0 0 3 3h12a3 3 0 0 0 3-3V5"
        fill="none"
        stroke="var(--ink)"
        strokeWidth="1.8"
        strokeLinecap="round"
      />
      <path
        d="M4 10.5c2.7-1.6 5.3 1.6 8 0s5.3-1.6 8 0V18a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z"
        fill="var(--accent)"
        opacity=".9"
      />
      <path d="M12 12.6l2.9 1.65v3.3L12 19.2l-2.9-1.65v-3.3z" fill="var(--surface)" />
    </svg>
  );
}
