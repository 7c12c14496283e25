/** The shapes that carry a verdict's meaning without its colour. */
export type Shape = 'acked' | 'nacked' | 'unroutable' | 'unconfirmed' | 'failed' | 'none' | 'retry';

const stroke = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.6,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

export function VerdictShape({ shape }: { readonly shape: Shape }) {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden>
      {shape === 'acked' && <path d="M2.2 6.4 4.8 9l5-6" {...stroke} strokeWidth={1.8} />}
      {shape === 'nacked' && <path d="m3 3 6 6m0-6-6 6" {...stroke} strokeWidth={1.8} />}
      {shape === 'unroutable' && (
        <path d="M6 1.5v6M3.4 5 6 7.6 8.6 5M2 10.5h8" {...stroke} strokeWidth={1.5} />
      )}
      {shape === 'unconfirmed' && (
        <circle cx="6" cy="6" r="4.6" {...stroke} strokeWidth={1.4} strokeDasharray="2.2 1.6" />
      )}
      {shape === 'failed' && (
        <path d="M6 1.6 11 10.4H1zM6 5v2.4M6 9h.01" {...stroke} strokeWidth={1.3} />
      )}
      {shape === 'none' && <path d="M3 6h6" {...stroke} />}
      {shape === 'retry' && (
        <path d="M10 6a4 4 0 1 1-1.2-2.9M10 1.4v2.2H7.8" {...stroke} strokeWidth={1.5} />
      )}
    </svg>
  );
}
